//! Lowers success responses that are a series of items: server-sent events, and JSON Lines.
//!
//! OpenAPI 3.2 describes an item by `itemSchema`. Earlier versions have no keyword for items, so `schema` describes an item, unless
//! it is an array: then its `items` do.

use crate::ir::{ItemStream, Type, Value};
use crate::lower::naming::context::{NamingContext, Role};
use crate::lower::operation::statuses::{by_status, is_success};
use crate::lower::state::Lowering;
use crate::resolve::document::{ItemFormat, MediaType, Operation, SchemaRef, SchemaType};

impl<'d> Lowering<'d> {
    /// Returns the media type of the first success response that is a series of items.
    pub(super) fn item_media(&self, operation: &'d Operation) -> Option<&'d MediaType> {
        if operation.method == "HEAD" || operation.overload.is_some() {
            return None;
        }
        let successes = by_status(operation).into_iter().filter(|response| is_success(response.status, operation));
        successes.flat_map(|response| &response.content).find(|media| media.item_format().is_some())
    }

    /// Returns whether a media type describes items that are not text.
    pub(super) fn has_item_type(&self, media: &'d MediaType) -> bool {
        let kind = media.schema.as_ref().map(|schema| self.without_wrapper(schema).kind);
        media.item_format().is_some() && kind.is_some_and(|kind| kind != Some(SchemaType::String))
    }

    /// Returns the schema of the JSON in a text.
    fn content_schema(&self, text: &'d SchemaRef) -> Option<&'d SchemaRef> {
        self.without_wrapper(text).keywords_2020.as_ref()?.content_schema.as_ref()
    }

    /// Lowers the items of a response; `None` if their schema is reported as an error.
    pub(super) fn lower_item_stream(&mut self, media: &'d MediaType, type_name: &str) -> Option<ItemStream> {
        let format = media.item_format().unwrap_or(ItemFormat::Lines);
        let context = NamingContext::at(&media.pointer, Role::Response, type_name, "item");
        let mut item = match self.item_schema(media, format) {
            Some(schema) => self.lower_schema(schema, &context)?,
            None if format == ItemFormat::Events => Value::plain(Type::String),
            None => Value::plain(Type::Any),
        };
        // An event or a line always has data.
        item.nullable = false;
        let is_text = format == ItemFormat::Events && item.kind == Type::String;
        Some(ItemStream { has_events: format == ItemFormat::Events, media_type: media.name.clone(), item, is_text })
    }

    /// Returns the schema of an item. The `itemSchema` of events describes the whole event, so the schema of its member `data` is
    /// returned, or the `contentSchema` of this text.
    fn item_schema(&self, media: &'d MediaType, format: ItemFormat) -> Option<&'d SchemaRef> {
        let schema = media.schema.as_ref()?;
        let resolved = self.without_wrapper(schema);
        if media.has_item_schema {
            let data = resolved.properties.get("data").filter(|_| format == ItemFormat::Events);
            return Some(data.map_or(schema, |data| self.content_schema(data).unwrap_or(data)));
        }
        let items = resolved.items.as_ref().filter(|_| resolved.kind == Some(SchemaType::Array));
        Some(items.unwrap_or(schema))
    }
}
