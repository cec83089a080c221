// copperplate runtime: copied into each generated crate that uses it.
//! Operations whose results are divided into pages.

use std::fmt;
use std::iter;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use futures_core::Stream;

use crate::runtime::client::http_method::http_method;
use crate::runtime::client::next_page::{NextPage, ReceivedPage};
use crate::runtime::client::operation::Operation;
use crate::runtime::client::page_token::{PageToken, Place, number_of_parameter};
use crate::runtime::client::security::CredentialLocation; // part: security
use crate::runtime::client::transport::{BlockingTransport, Transport};
use crate::runtime::client::visited_pages::VisitedPages;
use crate::runtime::error::Error;
use crate::runtime::error::failed_request::FailedRequest;
use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::response::reply::Reply;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::violation::{Direction, Location, Violation, Violations};

/// An operation whose results are divided into pages (`x-pagination`).
pub trait Paginated: Operation + Clone {
    /// An item of a page.
    type Item;

    /// Where a page names the next one.
    #[doc(hidden)]
    const NEXT: NextPage;
    /// The place of the items in the body.
    #[doc(hidden)]
    const ITEMS: &'static [&'static str];
    /// The place of the boolean that says whether more pages follow. Empty if there is none.
    #[doc(hidden)]
    const MORE: &'static [&'static str] = &[];

    /// Returns the items of a page.
    fn items(page: Self::Success) -> Vec<Self::Item>;
}

/// A page of the operation `O`.
pub type Page<O> = Reply<<O as Operation>::Success, <O as Operation>::Headers>;

/// Requests page after page. Each page has a call of its own, with the options of the operation.
///
/// After an error, [`Pages::token`] still names the page that failed, so the next call requests it again.
///
/// The pages end with an error if the service would never end them: if it names a page that was received before, or too many
/// pages without items. See [`Pages::max_empty_pages`].
#[derive(Debug, Clone)]
pub struct Pages<O> {
    operation: O,
    /// The page that is requested next. `None` stands for the page that the arguments of the operation name.
    token: Option<PageToken>,
    is_complete: bool,
    remaining: Option<usize>,
    visited: VisitedPages,
}

impl<O: Paginated> Pages<O> {
    /// Creates the pages of an operation. Generated code calls this function.
    #[doc(hidden)]
    pub fn new(operation: O) -> Self {
        Self { operation, token: None, is_complete: false, remaining: None, visited: VisitedPages::default() }
    }

    /// Starts at a page: the one that [`Pages::token`] named earlier.
    pub fn starting_at(mut self, token: PageToken) -> Self {
        self.token = Some(token);
        self
    }

    /// Requests at most `count` pages.
    pub fn limit(mut self, count: usize) -> Self {
        self.remaining = Some(count);
        self
    }

    /// Sets how many pages without items may follow one another before the pages end with an error. The default is 100. After
    /// this error, [`Pages::token`] names the page that was not requested.
    pub fn max_empty_pages(mut self, count: usize) -> Self {
        self.visited.max_empty_pages = count;
        self
    }

    /// Returns the place of the page that is requested next. Returns `None` at the first page, unless
    /// [`Pages::starting_at`] named it, and after the last page.
    pub fn token(&self) -> Option<&PageToken> {
        self.token.as_ref()
    }

    /// Requests the next page. Returns `None` after the last page, and after the limit.
    pub async fn next(&mut self) -> Option<Result<Page<O>, Error>>
    where
        O: Send + Sync,
        O::Api: Sync,
        O::Transport: Transport + Sync,
    {
        let result = match self.call()? {
            Ok(call) => call.send().await,
            Err(error) => return Some(Err(error)),
        };
        Some(result.inspect(|page| self.advance(page)))
    }

    /// Requests the next page. Blocks the thread. Returns `None` after the last page, and after the limit.
    pub fn next_blocking(&mut self) -> Option<Result<Page<O>, Error>>
    where
        O::Transport: BlockingTransport,
    {
        let result = self.call()?.and_then(Operation::send_blocking);
        Some(result.inspect(|page| self.advance(page)))
    }

    /// Converts the pages to an iterator, which blocks the thread. It ends after an error.
    pub fn into_iter_blocking(mut self) -> impl Iterator<Item = Result<Page<O>, Error>>
    where
        O::Transport: BlockingTransport,
    {
        until_error(move || self.next_blocking())
    }

    /// Converts the pages to a stream. The stream ends after an error.
    pub fn into_stream<'o>(self) -> impl Stream<Item = Result<Page<O>, Error>> + Send + 'o
    where
        O: Send + Sync + 'o,
        O::Api: Sync,
        O::Transport: Transport + Sync,
    {
        Unfold::new(self, |mut pages: Self| {
            Box::pin(async move {
                let page = pages.next().await;
                (Some(pages).filter(|_| !matches!(page, Some(Err(_)))), page)
            })
        })
    }

    /// Returns the call for the next page, or an error if the pages would never end.
    fn call(&mut self) -> Option<Result<O, Error>> {
        if self.is_complete || self.remaining == Some(0) {
            return None;
        }
        if let Some(problem) = self.token.as_ref().and_then(|next| self.visited.problem(next)) {
            self.is_complete = true;
            return Some(Err(endless::<O>(problem)));
        }
        let mut operation = self.operation.clone();
        let mut options = operation.call().options().clone();
        options.page.clone_from(&self.token);
        operation.set_options(options);
        Some(Ok(operation))
    }

    /// Moves to the page after `page`.
    fn advance(&mut self, page: &Page<O>) {
        let received = ReceivedPage {
            body: &page.body,
            headers: &page.all_headers,
            items: O::ITEMS,
            more: O::MORE,
            number: self.number(),
        };
        let next = O::NEXT.after(&received).map(|next| next.without_parameters(&self.secret_parameters()));
        // A service that names the same page again would be asked for it forever.
        self.is_complete = next.is_none() || next == self.token;
        if !self.is_complete {
            self.visited.record(self.token.as_ref(), received.is_empty());
        }
        self.token = next.filter(|_| !self.is_complete);
        if let Some(remaining) = &mut self.remaining {
            *remaining = remaining.saturating_sub(1);
        }
    }

    /// Returns the number of the page that was requested, or of the items before it.
    fn number(&self) -> Option<u64> {
        let parameter = O::NEXT.numbered_parameter()?;
        match &self.token {
            Some(PageToken(Place::Parameter(_, value))) => value.parse().ok(),
            _ => {
                let report = Report::new(Direction::Request);
                number_of_parameter(self.printed_request(&report).query_text(), parameter)
            }
        }
    }

    /// Returns the names of the query parameters that are credentials or secrets. The service may repeat them in the URL of a
    /// page.
    fn secret_parameters(&self) -> Vec<&'static str> {
        let report = Report::new(Direction::Request);
        #[allow(unused_mut, reason = "an API without security schemes adds no names")]
        let mut names = self.printed_request(&report).secret_names().to_vec();
        // part: security
        for requirement in O::SECURITY.iter().flat_map(|alternative| *alternative) {
            if let CredentialLocation::Query(name) = requirement.scheme.location {
                names.push(name);
            }
        }
        // end of part
        names
    }

    /// Returns the path and the query of the request that the arguments of the operation name.
    fn printed_request<'r>(&self, report: &'r Report) -> RequestBuilder<'r> {
        let mut request = RequestBuilder::for_printing(report);
        self.operation.write_request(&mut request);
        request
    }
}

/// Returns the error of pages that would never end. `problem` is the end of a sentence that begins with "the next page".
fn endless<O: Operation>(problem: String) -> Error {
    let (location, pointer) = (Location::Client, "next_page".to_owned());
    let mut violations = Violations::new();
    violations.push(Violation { location, pointer, keyword: "page", schema: None, limit: None, actual: Some(problem) });
    Error::invalid_request(FailedRequest::unsent(O::ID, Some(http_method::<O>())), violations)
}

/// The items of all pages of the operation `O`.
pub struct Items<O: Paginated> {
    pages: Pages<O>,
    of_page: vec::IntoIter<O::Item>,
    remaining: Option<usize>,
}

/// Prints no items: there can be many of them.
impl<O: Paginated + fmt::Debug> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}

impl<O: Paginated> Items<O> {
    /// Creates the items of an operation. Generated code calls this function.
    #[doc(hidden)]
    pub fn new(operation: O) -> Self {
        Self { pages: Pages::new(operation), of_page: Vec::new().into_iter(), remaining: None }
    }

    /// Starts at a page: the one that [`Items::token`] named earlier.
    pub fn starting_at(mut self, token: PageToken) -> Self {
        self.pages = self.pages.starting_at(token);
        self
    }

    /// Returns at most `count` items.
    pub fn limit(mut self, count: usize) -> Self {
        self.remaining = Some(count);
        self
    }

    /// Sets how many pages without items may follow one another: see [`Pages::max_empty_pages`].
    pub fn max_empty_pages(mut self, count: usize) -> Self {
        self.pages = self.pages.max_empty_pages(count);
        self
    }

    /// Returns the place of the page that is requested next: see [`Pages::token`].
    pub fn token(&self) -> Option<&PageToken> {
        self.pages.token()
    }

    /// Returns the next item, and requests a page if that is necessary. Returns `None` after the last item, and after the
    /// limit.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>>
    where
        O: Send + Sync,
        O::Item: Send,
        O::Api: Sync,
        O::Transport: Transport + Sync,
    {
        while self.needs_page()? {
            match self.pages.next().await? {
                Ok(page) => self.of_page = O::items(page.value).into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
        self.of_page.next().map(Ok)
    }

    /// Does the same as [`Items::next`], and blocks the thread.
    pub fn next_blocking(&mut self) -> Option<Result<O::Item, Error>>
    where
        O::Transport: BlockingTransport,
    {
        while self.needs_page()? {
            match self.pages.next_blocking()? {
                Ok(page) => self.of_page = O::items(page.value).into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
        self.of_page.next().map(Ok)
    }

    /// Converts the items to an iterator, which blocks the thread. It ends after an error.
    pub fn into_iter_blocking(mut self) -> impl Iterator<Item = Result<O::Item, Error>>
    where
        O::Transport: BlockingTransport,
    {
        until_error(move || self.next_blocking())
    }

    /// Converts the items to a stream. The stream ends after an error.
    pub fn into_stream<'o>(self) -> impl Stream<Item = Result<O::Item, Error>> + Send + 'o
    where
        O: Send + Sync + 'o,
        O::Item: Send + 'o,
        O::Api: Sync,
        O::Transport: Transport + Sync,
    {
        Unfold::new(self, |mut items: Self| {
            Box::pin(async move {
                let item = items.next().await;
                (Some(items).filter(|_| !matches!(item, Some(Err(_)))), item)
            })
        })
    }

    /// Returns whether a page must be requested before the next item can be returned. Returns `None` after the limit.
    fn needs_page(&mut self) -> Option<bool> {
        if self.of_page.as_slice().is_empty() {
            return (self.remaining != Some(0)).then_some(true);
        }
        if let Some(remaining) = &mut self.remaining {
            *remaining = remaining.checked_sub(1)?;
        }
        Some(false)
    }
}

/// Returns an iterator over what `next` returns, which ends after an error.
fn until_error<T>(mut next: impl FnMut() -> Option<Result<T, Error>>) -> impl Iterator<Item = Result<T, Error>> {
    let mut has_failed = false;
    iter::from_fn(move || {
        let item = if has_failed { None } else { next() };
        has_failed = matches!(item, Some(Err(_)));
        item
    })
}

/// A future that returns the next item of a stream, and the state for the item after it. Without a state, the stream ends.
type Step<'s, S, T> = Pin<Box<dyn Future<Output = (Option<S>, Option<T>)> + Send + 's>>;

/// A stream that asks a function for each item.
struct Unfold<'s, S, T> {
    state: Option<S>,
    step: Option<Step<'s, S, T>>,
    next: fn(S) -> Step<'s, S, T>,
}

impl<'s, S, T> Unfold<'s, S, T> {
    fn new(state: S, next: fn(S) -> Step<'s, S, T>) -> Self {
        Self { state: Some(state), step: None, next }
    }
}

// The state is moved out before it is used, so it is never pinned.
impl<S, T> Unpin for Unfold<'_, S, T> {}

impl<S, T> Stream for Unfold<'_, S, T> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let stream = self.get_mut();
        if let Some(state) = stream.state.take() {
            stream.step = Some((stream.next)(state));
        }
        let Some(step) = &mut stream.step else { return Poll::Ready(None) };
        let Poll::Ready((state, item)) = step.as_mut().poll(context) else { return Poll::Pending };
        stream.step = None;
        stream.state = state.filter(|_| item.is_some());
        Poll::Ready(item)
    }
}
