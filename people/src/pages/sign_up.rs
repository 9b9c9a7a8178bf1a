//! Asking for an account of one's own.

use askama::Template;
use axum::extract::State;
use web::{Access, Ctx, Form, Page, Routes};

use super::{blame, blame_all};
use crate::institution::{self, Institution, SignUp};
use crate::person::Details;
use crate::{Visitor, account};

pub(super) fn routes() -> Routes {
    Routes::new().get("/sign-up", Access::Public, show).post("/sign-up", Access::Public, ask)
}

#[derive(Template)]
#[template(path = "people/sign_up.html")]
struct Ask {
    page: Page,
    form: Form,
    institution: Option<Institution>,
    sent: bool,
}

impl Ask {
    fn is_open(&self) -> bool {
        self.institution.as_ref().is_some_and(|institution| institution.sign_up == SignUp::Open)
    }

    fn domains(&self) -> String {
        self.institution.as_ref().map(|institution| institution.sign_up_domains.0.join(", ")).unwrap_or_default()
    }
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor) -> web::Result {
    if visitor.viewer().is_ok() {
        return Ok(web::see_other("/"));
    }
    let institution = ctx.db.read(institution::find).await?;
    Ok(web::html(Ask { page: visitor.page(&ctx, ""), form: Form::new(), institution, sent: false }))
}

async fn ask(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let details = Details {
        given: form.value("given").to_owned(),
        family: form.value("family").to_owned(),
        email: form.value("email").to_owned(),
        ..Details::default()
    };
    let (ip, lang) = (visitor.ip(), visitor.words().lang.clone());
    let asked = ctx.db.write(move |tx| account::ask_sign_up(tx, &details, &ip, &lang)).await;
    if let Some(wrong) = blame(asked, &mut form, ctx.now())? {
        blame_all(&wrong, &mut form, ctx.now());
    }
    let institution = ctx.db.read(institution::find).await?;
    let page = visitor.page(&ctx, "");
    if form.has_errors() {
        return Ok(web::mistakes(Ask { page, form, institution, sent: false }));
    }
    Ok(web::html(Ask { page, form, institution, sent: true }))
}
