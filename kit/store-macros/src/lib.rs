//! The macros of `store`: `#[derive(FromRow)]` and `#[store::test]`.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, FnArg, ItemFn, Type, parse_macro_input};

/// Reads a struct from a row by the names of its fields.
#[proc_macro_derive(FromRow)]
pub fn from_row(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let Data::Struct(data) = &input.data else {
        return refuse(name, "FromRow is for structs");
    };
    let Fields::Named(fields) = &data.fields else {
        return refuse(name, "FromRow is for structs with named fields");
    };
    let reads = fields.named.iter().filter_map(|field| field.ident.as_ref()).map(|field| {
        let column = field.to_string();
        let column = column.trim_start_matches("r#");
        quote!(#field: row.get(#column)?)
    });
    quote! {
        impl ::store::FromRow for #name {
            fn from_row(row: &::store::Row<'_>) -> ::store::Result<Self> {
                Ok(Self { #(#reads),* })
            }
        }
    }
    .into()
}

/// Runs a test twice, on SQLite and on PostgreSQL, each time on a fresh database with the tables of `crate::SCHEMA`.
///
/// The function takes a `Db` (and may be async) or a `&mut Tx`.
#[proc_macro_attribute]
pub fn test(_: TokenStream, item: TokenStream) -> TokenStream {
    let mut function = parse_macro_input!(item as ItemFn);
    let name = function.sig.ident.clone();
    let Some(FnArg::Typed(argument)) = function.sig.inputs.first() else {
        return refuse(&name, "a store test takes a `Db` or a `&mut Tx`");
    };
    let takes_tx = matches!(*argument.ty, Type::Reference(_));
    let body = if function.sig.asyncness.is_some() {
        quote!(::store::testing::run_async(body))
    } else if takes_tx {
        quote!(::store::testing::run_tx(|tx| body(tx)))
    } else {
        quote!(body)
    };
    function.sig.ident = syn::Ident::new("body", name.span());
    let attributes = std::mem::take(&mut function.attrs);
    quote! {
        mod #name {
            use super::*;
            #function
            #(#attributes)*
            #[test]
            fn sqlite() {
                ::store::testing::sqlite(&crate::SCHEMA, #body);
            }
            #(#attributes)*
            #[test]
            fn postgres() {
                ::store::testing::postgres(&crate::SCHEMA, #body);
            }
        }
    }
    .into()
}

fn refuse(at: &syn::Ident, why: &str) -> TokenStream {
    syn::Error::new(at.span(), why).to_compile_error().into()
}
