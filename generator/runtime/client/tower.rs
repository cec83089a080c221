// copperplate runtime: copied into each generated crate that uses it.
//! Services of `tower` as transports, and transports as services.

use std::error::Error;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use tower_service::Service;

use crate::runtime::client::transport::{Transport, TransportError};

/// A `tower` service as a transport: `build_with(Tower(service))`. An error of the service is [`TransportError::Other`], unless
/// it is a [`TransportError`].
///
/// To stack layers of `tower` over `reqwest`, apply them to a [`TransportService`].
#[derive(Debug, Clone)]
pub struct Tower<S>(pub S);

impl<S> Transport for Tower<S>
where
    S: Service<http::Request<Bytes>, Response = http::Response<Bytes>> + Clone + Send + Sync,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    S::Future: Send,
{
    async fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        // A clone of a service may not be ready, although the service is.
        let mut service = self.0.clone();
        poll_fn(|context| service.poll_ready(context)).await.map_err(transport_error)?;
        service.call(request).await.map_err(transport_error)
    }
}

fn transport_error(error: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => TransportError::Other(error),
    }
}

/// A transport as a `tower` service, to which layers of `tower` can be applied.
#[derive(Debug, Clone)]
pub struct TransportService<T>(pub T);

impl<T: Transport + Clone + Send + Sync + 'static> Service<http::Request<Bytes>> for TransportService<T> {
    type Response = http::Response<Bytes>;
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Bytes>) -> Self::Future {
        let transport = self.0.clone();
        Box::pin(async move { transport.execute(request).await })
    }
}
