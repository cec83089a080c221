// copperplate runtime: copied into each generated crate that uses it.
//! A body that is sent or received piece by piece.

use std::fmt;
use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::runtime::client::transport::TransportError;

/// The length of the pieces of [`ByteStream::from_reader`].
const PIECE: usize = 64 << 10;

type Pieces = dyn Stream<Item = Result<Bytes, TransportError>> + Send + Sync;

/// A body that is sent or received piece by piece. Only one piece is in memory at a time, and the next one is read when it is
/// asked for.
///
/// `ByteStream` is a [`Stream`]. No extension trait is needed to read it:
///
/// ```text
/// while let Some(piece) = body.piece().await {
///     file.write_all(&piece?)?;
///     println!("{} of {:?} bytes", body.received(), body.length());
/// }
/// ```
pub struct ByteStream {
    pieces: Pin<Box<Pieces>>,
    pub(super) length: Option<u64>,
    received: u64,
}

impl ByteStream {
    /// Creates a body of these pieces.
    pub fn new(pieces: impl Stream<Item = Result<Bytes, TransportError>> + Send + Sync + 'static) -> Self {
        Self { pieces: Box::pin(pieces), length: None, received: 0 }
    }

    /// Creates a body that is read from `reader`, such as a file. The reader blocks the thread for the time of each piece.
    pub fn from_reader(reader: impl Read + Send + Sync + Unpin + 'static) -> Self {
        Self::new(Reader(reader))
    }

    /// Sets the length of the body, if it is known. A request with a length has the header `Content-Length`. An upload fails if
    /// the body has another length, for example because a file has grown.
    pub fn with_length(mut self, length: u64) -> Self {
        self.length = Some(length);
        self
    }

    /// Returns the length of the whole body. Returns `None` if it is not known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Returns the number of bytes that were read so far.
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Waits for the next piece. Returns `None` at the end.
    pub async fn piece(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = self.pieces.as_mut().poll_next(context);
        if let Poll::Ready(Some(Ok(bytes))) = &piece {
            self.received += bytes.len() as u64;
        }
        piece
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("length", &self.length).field("received", &self.received).finish()
    }
}

/// The pieces of a reader.
struct Reader<R>(R);

impl<R: Read + Unpin> Stream for Reader<R> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut piece = vec![0; PIECE];
        loop {
            return Poll::Ready(match self.0.read(&mut piece) {
                Ok(0) => None,
                Ok(length) => {
                    piece.truncate(length);
                    Some(Ok(piece.into()))
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Some(Err(TransportError::Other(error.into()))),
            });
        }
    }
}
