// copperplate runtime: copied into each generated crate that uses it.
//! A transport of any type.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

use crate::runtime::client::transport::{Transport, TransportError};

/// A transport of any type, so that a client with it has one type: `Client<BoxTransport>`. Clones share the transport.
#[derive(Clone)]
pub struct BoxTransport(Arc<dyn ObjectSafeTransport>);

type Execution<'t> = Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send + 't>>;

/// A [`Transport`] as a trait object.
trait ObjectSafeTransport: Send + Sync {
    fn execute_boxed(&self, request: http::Request<Bytes>) -> Execution<'_>;
}

impl<T: Transport + Send + Sync> ObjectSafeTransport for T {
    fn execute_boxed(&self, request: http::Request<Bytes>) -> Execution<'_> {
        Box::pin(self.execute(request))
    }
}

impl BoxTransport {
    /// Boxes `transport`.
    pub fn new(transport: impl Transport + Send + Sync + 'static) -> Self {
        Self(Arc::new(transport))
    }
}

impl Transport for BoxTransport {
    fn execute(
        &self,
        request: http::Request<Bytes>,
    ) -> impl Future<Output = Result<http::Response<Bytes>, TransportError>> + Send {
        self.0.execute_boxed(request)
    }
}

impl fmt::Debug for BoxTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BoxTransport")
    }
}
