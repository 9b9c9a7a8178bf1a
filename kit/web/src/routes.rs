//! The addresses of the program, each with who may ask for it.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use http::Method;
use tower::ServiceBuilder;

use crate::access::{self, Access};
use crate::{Ctx, assemble, help};

/// One address as the table of all shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteInfo {
    /// The method.
    pub method: Method,
    /// The path with its parameters: `/courses/{id}`.
    pub path: String,
    /// Who may ask.
    pub access: Access,
    /// True for programs: errors are problem documents, and a bearer token stands in for the proof that a form came
    /// from a page of this server.
    pub is_api: bool,
    /// The most bytes that a body may have, if not the server's own limit.
    pub body_bytes_max: Option<usize>,
    /// How long the handler may take, if not the server's own limit.
    pub time_max: Option<Duration>,
}

struct Route {
    info: RouteInfo,
    handler: MethodRouter<Ctx>,
}

/// Addresses and their handlers: `Routes::new().get("/courses", Access::SignedIn, list)`.
#[derive(Default)]
#[must_use]
pub struct Routes {
    routes: Vec<Route>,
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.routes.iter().map(|route| &route.info)).finish()
    }
}

impl Routes {
    /// No addresses yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What is asked for with GET (and HEAD).
    pub fn get<H: Handler<T, Ctx>, T: 'static>(self, path: &str, access: Access, handler: H) -> Self {
        self.add(Method::GET, MethodFilter::GET, path, access, handler)
    }

    /// What is sent with POST.
    pub fn post<H: Handler<T, Ctx>, T: 'static>(self, path: &str, access: Access, handler: H) -> Self {
        self.add(Method::POST, MethodFilter::POST, path, access, handler)
    }

    /// What is replaced with PUT. A form reaches it by POST with a field `_method=put`.
    pub fn put<H: Handler<T, Ctx>, T: 'static>(self, path: &str, access: Access, handler: H) -> Self {
        self.add(Method::PUT, MethodFilter::PUT, path, access, handler)
    }

    /// What is changed in part with PATCH. A form reaches it by POST with a field `_method=patch`.
    pub fn patch<H: Handler<T, Ctx>, T: 'static>(self, path: &str, access: Access, handler: H) -> Self {
        self.add(Method::PATCH, MethodFilter::PATCH, path, access, handler)
    }

    /// What is taken away with DELETE. A form reaches it by POST with a field `_method=delete`.
    pub fn delete<H: Handler<T, Ctx>, T: 'static>(self, path: &str, access: Access, handler: H) -> Self {
        self.add(Method::DELETE, MethodFilter::DELETE, path, access, handler)
    }

    /// The route added last takes bodies up to so many bytes.
    pub fn body_limit(mut self, bytes_max: usize) -> Self {
        if let Some(route) = self.routes.last_mut() {
            route.info.body_bytes_max = Some(bytes_max);
        }
        self
    }

    /// The route added last may take so long.
    pub fn time_limit(mut self, time_max: Duration) -> Self {
        if let Some(route) = self.routes.last_mut() {
            route.info.time_max = Some(time_max);
        }
        self
    }

    /// All routes so far are for programs.
    pub fn api(mut self) -> Self {
        for route in &mut self.routes {
            route.info.is_api = true;
        }
        self
    }

    /// These and those.
    pub fn merge(mut self, other: Self) -> Self {
        self.routes.extend(other.routes);
        self
    }

    /// These, and those below a path.
    pub fn nest(mut self, prefix: &str, other: Self) -> Self {
        let prefix = prefix.trim_end_matches('/');
        self.routes.extend(other.routes.into_iter().map(|mut route| {
            let below = if route.info.path == "/" { "" } else { route.info.path.as_str() };
            route.info.path = format!("{prefix}{below}");
            route
        }));
        self
    }

    /// All addresses, for the test that walks every one with every role.
    pub fn table(&self) -> Vec<RouteInfo> {
        self.routes.iter().map(|route| route.info.clone()).collect()
    }

    /// The whole program as a service: these addresses, the assets, the health checks, the pages for what does
    /// not exist and for what errors mean, and around them identity, access, limits, errors, security headers, compression and the log.
    ///
    /// # Panics
    /// Where two routes have the same method and path.
    pub fn into_router(self, ctx: Ctx) -> Router {
        let limit = ctx.settings.limits.body_bytes_max;
        let mut router = Router::new();
        for Route { info, handler } in self.get(help::PATH, Access::Public, help::errors).routes {
            let path = info.path.clone();
            let limit = DefaultBodyLimit::max(info.body_bytes_max.unwrap_or(limit));
            let gate = axum::middleware::from_fn_with_state(ctx.clone(), access::guard);
            let layers = ServiceBuilder::new().layer(limit).layer(axum::Extension(info)).layer(gate);
            router = router.route(&path, handler.layer::<_, Infallible>(layers));
        }
        assemble::around(router, ctx)
    }

    fn add<H: Handler<T, Ctx>, T: 'static>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &str,
        access: Access,
        handler: H,
    ) -> Self {
        let info =
            RouteInfo { method, path: path.to_owned(), access, is_api: false, body_bytes_max: None, time_max: None };
        self.routes.push(Route { info, handler: on(filter, handler) });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn nothing() {}

    #[test]
    fn the_table_names_every_address() {
        let inner =
            Routes::new().get("/", Access::SignedIn, nothing).delete("/{id}", Access::Needs("x.delete"), nothing);
        let table =
            Routes::new().post("/sign-in", Access::Public, nothing).body_limit(10).nest("/courses", inner).table();
        let said: Vec<_> = table.iter().map(|r| format!("{} {} {}", r.method, r.path, r.access)).collect();
        assert_eq!(said, ["POST /sign-in public", "GET /courses signed in", "DELETE /courses/{id} x.delete"]);
        assert_eq!(table[0].body_bytes_max, Some(10));
    }
}
