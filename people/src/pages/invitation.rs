//! Following an invitation, or the link of one's own sign-up: a name, a password, and in.

use askama::Template;
use axum::extract::{Path, State};
use web::{Access, Ctx, Form, Page, Routes};

use super::reset::{new_password, opened};
use super::{blame_all, let_in};
use crate::link::{Link, Purpose};
use crate::person::Details;
use crate::{Visitor, account};

pub(super) fn routes() -> Routes {
    Routes::new().get("/invitations/{token}", Access::Public, show).post("/invitations/{token}", Access::Public, accept)
}

const PURPOSES: &[Purpose] = &[Purpose::Invitation, Purpose::SignUp];

#[derive(Template)]
#[template(path = "people/invitation.html")]
struct Accept {
    page: Page,
    form: Form,
    link: Link,
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(token): Path<String>) -> web::Result {
    let link = opened(&ctx, &visitor, &token, PURPOSES).await?;
    let form = Form::of(&[("given", &link.given), ("family", &link.family)]);
    Ok(web::html(Accept { page: visitor.page(&ctx, ""), form, link }).set(http::header::REFERRER_POLICY, "no-referrer"))
}

async fn accept(State(ctx): State<Ctx>, visitor: Visitor, Path(token): Path<String>, mut form: Form) -> web::Result {
    let link = opened(&ctx, &visitor, &token, PURPOSES).await?;
    let (given, family) = (form.value("given").to_owned(), form.value("family").to_owned());
    let details =
        Details { given: given.clone(), family: family.clone(), email: link.email.clone(), ..Details::default() };
    blame_all(&details.checked().1, &mut form, ctx.now());
    let named = Link { given: given.clone(), family: family.clone(), ..link.clone() };
    let hash = new_password(&mut form, &named, ctx.now()).await?;
    let Some(hash) = hash.filter(|_| !form.has_errors()) else {
        return Ok(web::mistakes(Accept { page: visitor.page(&ctx, ""), form, link }));
    };
    let device = visitor.device();
    let accepted = ctx.db.write(move |tx| account::accept(tx, &link, &given, &family, &hash, &device)).await;
    let (_, token) = accepted.map_err(web::Error::from)?;
    let welcome = visitor.words().ta("invitation-done", &[("name", form.value("given"))]);
    Ok(let_in(&ctx, &token, false, "/").flash(web::FlashKind::Good, welcome, None))
}
