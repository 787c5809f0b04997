using MedId.Core;
using MedId.Provider;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.PatientAuthOp;

/// <summary>What is said where nothing can be shown.</summary>
internal static class MessagePages
{
    public static PageAnswer Refused(PageContext page, MedIdError error, bool passkeys)
    {
        var signIn = page.Person is null;
        var words = page.Texts.Find("Error_" + error.Code["provider.".Length..]) ?? page["Error_other"];
        return new(
            signIn && error.Code == ProviderErrorCodes.DashboardSessionRefused ? "sign-in" : "error",
            Html.Of($"{page[signIn && error.Code == ProviderErrorCodes.DashboardSessionRefused ? "SignInTitle" : "ErrorTitle"]}"),
            Html.Of($"""
                <p role="alert">{words}</p>
                {(signIn ? HowToSignIn(page, passkeys) : Html.Of($"<p>{page["NothingChanged"]}</p><p><a class=\"button\" href=\"{page.Link(string.Empty)}\">{page["Back"]}</a></p>"))}
                <p class="code">{page["Code"]}{page["Colon"]}<code>{error.Code}</code></p>
                """))
        {
            Status = Status(error),
            Code = error.Code,
            IsNews = true,
        };
    }

    public static PageAnswer SignedOut(PageContext page, bool passkeys) =>
        new("signed-out", Html.Of($"{page["SignedOutTitle"]}"), Html.Of($"<p role=\"status\">{page["SignedOutText"]}</p>{HowToSignIn(page, passkeys)}")) { IsNews = true };

    private static Html HowToSignIn(PageContext page, bool passkeys) => Html.Of($"""
        <h2>{page["HowHeading"]}</h2>
        <ul>
          <li>{page["HowApp"]}</li>
          {(passkeys ? Html.Of($"<li><a class=\"button\" href=\"{page.Http.Request.PathBase.Value}/passkey?lang={page.Texts.Language}\">{page["HowPasskey"]}</a></li>") : Html.None)}
        </ul>
        """);

    private static int Status(MedIdError error) => error.Code switch
    {
        ProviderErrorCodes.DashboardSessionRefused => StatusCodes.Status401Unauthorized,
        ProviderErrorCodes.ConsentUnknown or ProviderErrorCodes.DashboardRecipientUnknown => StatusCodes.Status404NotFound,
        ProviderErrorCodes.DashboardQueryRefused => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status403Forbidden,
    };
}
