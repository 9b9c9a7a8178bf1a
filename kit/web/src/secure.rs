//! What keeps a page and its forms safe in a browser: the content security policy and its fellow headers, and the
//! proof that a form was sent from a page of this server.

mod csp;

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

pub use csp::Csp;

use crate::reader::bearer;
use crate::settings::Settings;
use crate::{Error, assets::Assets};

/// Headers of every answer. What a handler has set itself stays.
pub(crate) fn set_headers(headers: &mut HeaderMap, csp: Option<&Csp>, settings: &Settings) {
    let mut set = |name: &'static str, value: &'static str| {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    };
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "strict-origin-when-cross-origin");
    set("cross-origin-opener-policy", "same-origin");
    set(
        "permissions-policy",
        "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=(), browsing-topics=()",
    );
    if settings.is_https() {
        set("strict-transport-security", "max-age=63072000");
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let policy = csp.cloned().unwrap_or_default().header(&Assets::current().importmap_source());
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// Refuses what changes something unless it comes from a page of this server (cross-site request forgery). The
/// browser says so itself in `Sec-Fetch-Site`; an older one in `Origin` or `Referer`. Whoever says nothing is refused.
/// A program shows a bearer token, which no browser adds by itself, at a route that is declared for programs.
pub(crate) fn same_site(parts: &Parts, settings: &Settings, is_api: bool) -> Result<(), Error> {
    let changes = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE);
    if !changes || (is_api && bearer(&parts.headers).is_some()) || comes_from_here(parts, settings) {
        return Ok(());
    }
    Err(Error::new(StatusCode::FORBIDDEN, "cross-site", "error-cross-site"))
}

fn comes_from_here(parts: &Parts, settings: &Settings) -> bool {
    let text = |name: HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(from) = text(header::ORIGIN).or_else(|| text(header::REFERER)) else { return false };
    let Some((scheme, rest)) = from.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let base = settings.base_url.trim_end_matches('/');
    let is_base = base.split_once("://").is_some_and(|(s, a)| s == scheme && a.eq_ignore_ascii_case(authority));
    is_base || host(parts, settings).is_some_and(|host| host.eq_ignore_ascii_case(authority))
}

/// The host that the browser asked for.
fn host<'p>(parts: &'p Parts, settings: &Settings) -> Option<&'p str> {
    let forwarded = peer(parts).filter(|peer| settings.trusts(*peer)).and_then(|_| last(parts, "x-forwarded-host"));
    let own = || parts.headers.get(header::HOST).and_then(|value| value.to_str().ok());
    forwarded.or_else(own).or_else(|| parts.uri.authority().map(|authority| authority.as_str()))
}

fn peer(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())
}

/// True where a proxy that is believed stands between.
pub(crate) fn behind_trusted_proxy(parts: &Parts, settings: &Settings) -> bool {
    peer(parts).is_some_and(|peer| settings.trusts(peer))
}

/// The address of the client: the peer, or what trusted proxies say. `X-Forwarded-For` is read from its end, and the
/// first address that is not a trusted proxy's is the client's: whatever stands before it anyone could have written.
pub(crate) fn client(parts: &Parts, settings: &Settings) -> Option<IpAddr> {
    let peer = peer(parts)?;
    if !settings.trusts(peer) {
        return Some(peer);
    }
    let lines = parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> = lines.flat_map(|line| line.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.iter().rev().find(|hop| !settings.trusts(**hop)).or(hops.first()).copied().or(Some(peer))
}

fn last<'p>(parts: &'p Parts, name: &str) -> Option<&'p str> {
    parts.headers.get_all(name).iter().next_back()?.to_str().ok()?.rsplit(',').next().map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::Request;

    fn parts(method: &str, headers: &[(&str, &str)]) -> Parts {
        let mut request = Request::builder().method(method).uri("/courses").header("host", "learn.example.org");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    fn from_proxy(mut parts: Parts) -> Parts {
        parts.extensions.insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 5000))));
        parts
    }

    fn settings() -> Settings {
        let trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
        Settings { base_url: "https://learn.example.org".into(), trusted_proxies, ..Settings::default() }
    }

    #[test]
    fn only_forms_of_this_server_are_taken() {
        let taken = |headers: &[(&str, &str)]| same_site(&parts("POST", headers), &settings(), false).is_ok();
        assert!(taken(&[("sec-fetch-site", "same-origin")]));
        assert!(taken(&[("origin", "https://learn.example.org")]));
        assert!(taken(&[("referer", "https://learn.example.org/courses/new")]));
        for headers in [
            &[("sec-fetch-site", "cross-site"), ("origin", "https://learn.example.org")][..],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "null")],
            &[("origin", "https://evil.example")],
            &[("origin", "https://learn.example.org.evil.example")],
            &[("referer", "https://evil.example/https://learn.example.org")],
            &[],
        ] {
            assert!(!taken(headers), "{headers:?}");
        }
    }

    #[test]
    fn reading_needs_no_proof_and_a_program_shows_its_token() {
        let cross = [("sec-fetch-site", "cross-site")];
        assert!(same_site(&parts("GET", &cross), &settings(), false).is_ok());
        let token = [("authorization", "Bearer x")];
        assert!(same_site(&parts("DELETE", &token), &settings(), true).is_ok());
        assert!(same_site(&parts("DELETE", &token), &settings(), false).is_err());
        assert!(same_site(&parts("DELETE", &[("authorization", "Basic x")]), &settings(), true).is_err());
    }

    #[test]
    fn a_proxy_is_believed_only_where_it_is_trusted() {
        let headers = [("x-forwarded-host", "other.example"), ("origin", "https://other.example")];
        assert!(same_site(&parts("POST", &headers), &settings(), false).is_err());
        assert!(same_site(&from_proxy(parts("POST", &headers)), &settings(), false).is_ok());
        let forged = from_proxy(parts("GET", &[("x-forwarded-for", "1.1.1.1, 203.0.113.9, 10.0.0.7")]));
        assert_eq!(client(&forged, &settings()), Some(IpAddr::from([203, 0, 113, 9])));
        assert_eq!(client(&from_proxy(parts("GET", &[])), &settings()), Some(IpAddr::from([10, 0, 0, 1])));
    }
}
