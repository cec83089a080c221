//! Lowers webhooks: requests that the service sends.

use crate::finding::Code;
use crate::ir::{ResponseHeaders, Webhook};
use crate::lower::docs;
use crate::lower::naming::context::{NamingContext, Role};
use crate::lower::naming::identifiers;
use crate::lower::naming::scope::Scope;
use crate::lower::operation::media_types::preferred_first;
use crate::lower::state::Lowering;
use crate::resolve::document;

impl<'d> Lowering<'d> {
    /// Lowers the webhooks in document order. A webhook is dropped if lowering it reports an error.
    pub(crate) fn lower_webhooks(&mut self) -> Vec<Webhook> {
        let document = self.document;
        let texts: Vec<&str> = document.webhooks.iter().map(|webhook| webhook.name.as_str()).collect();
        let names = Scope::default().take_all(&texts, identifiers::snake, identifiers::snake);
        let mut lowered = Vec::new();
        for (webhook, name) in document.webhooks.iter().zip(names) {
            let mark = self.findings.mark();
            let webhook = self.lower_webhook(webhook, name);
            lowered.extend(webhook.filter(|_| !self.findings.has_errors_since(mark)));
        }
        lowered
    }

    fn lower_webhook(&mut self, webhook: &'d document::Webhook, name: String) -> Option<Webhook> {
        let type_name = identifiers::pascal(&webhook.name);
        let mut body = None;
        if let Some(content) = &webhook.body {
            let media = preferred_first(&content.content).into_iter().find(|media| self.is_json_body(media));
            let Some(media) = media else {
                let message = "The body of a webhook is decoded from JSON, but the document describes no JSON.";
                let remedy = "Describe the body as `application/json`, or decode it yourself.";
                self.report(Code::UnusedMediaType, &content.pointer, message, remedy);
                return None;
            };
            let context = NamingContext::at(&content.pointer, Role::Request, &type_name, "webhook");
            body = match &media.schema {
                Some(schema) => Some(self.lower_schema(schema, &context)?),
                None => None,
            };
        }
        let (fields, _) = self.header_fields(&webhook.headers.iter().collect::<Vec<_>>(), &type_name);
        let is_required = |header: &&document::Header| header.required;
        let required_headers = webhook.headers.iter().filter(is_required).map(|header| &header.name);
        let required_headers =
            required_headers.filter(|name| fields.iter().any(|field| field.wire == **name)).cloned().collect();
        let pointer = webhook.pointer.clone();
        let headers = (!fields.is_empty()).then(|| ResponseHeaders {
            name: self.type_names.take(format!("{type_name}WebhookHeaders")),
            module: String::new(),
            pointer: pointer.clone(),
            fields,
        });
        let mut lines = webhook.summary.as_deref().map(docs::prose).unwrap_or_default();
        docs::paragraph(&mut lines, webhook.description.as_deref().map(docs::prose).unwrap_or_default());
        docs::paragraph(&mut lines, [format!("{}: {}.", docs::line(&webhook.title), docs::code(&webhook.name))]);
        Some(Webhook { name, pointer, docs: lines, deprecated: webhook.deprecated, body, headers, required_headers })
    }
}
