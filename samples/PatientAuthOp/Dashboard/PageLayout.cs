namespace MedId.Samples.PatientAuthOp;

/// <summary>What every page has around it: language, title, landmarks, the skip link, the other language, the way out.</summary>
internal static class PageLayout
{
    public static Html Write(PageContext page, PageAnswer answer)
    {
        var texts = page.Texts;
        var (other, root) = (texts.Other.Language, page.Http.Request.PathBase.Value);
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="{texts.Language}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{PlainTitle(answer)} | {texts["Site"]}</title>
              <link rel="stylesheet" href="{root}/consents.css">
            </head>
            <body>
              <a class="skip" href="#main">{texts["Skip"]}</a>
              <header>
                <p class="site">{texts["Site"]}</p>
                <nav aria-label="{texts["Nav"]}">
                  <ul>
                    <li><a href="{page.OtherLanguage()}" lang="{other}" hreflang="{other}">{texts.Other["Language"]}</a></li>{HomeLink(page, answer)}
                  </ul>
                </nav>
                {SignOut(page)}
              </header>
              <main id="main" tabindex="-1" data-state="{answer.State}" data-code="{answer.Code}">
                <h1 id="heading"{(answer.IsNews ? new Html(" tabindex=\"-1\" autofocus") : Html.None)}>{answer.Title}</h1>
                {answer.Body}
              </main>
              <footer>
                <p>{texts["Footer"]}</p>
              </footer>
            </body>
            </html>

            """);
    }

    /// <summary>A title holds no markup: what isolates a name in the heading is left out of it.</summary>
    private static Html PlainTitle(PageAnswer answer) =>
        new(answer.Title.Markup.Replace("<bdi>", string.Empty, StringComparison.Ordinal).Replace("</bdi>", string.Empty, StringComparison.Ordinal));

    private static Html HomeLink(PageContext page, PageAnswer answer) => page.Person is null || answer.State is "list" or "empty" or "signed-out"
        ? Html.None
        : Html.Of($"<li><a href=\"{page.Link(string.Empty)}\">{page["Back"]}</a></li>");

    private static Html SignOut(PageContext page) => page.Person is not { } person
        ? Html.None
        : Html.Of($"""
            <form method="post" action="{page.Link("/sign-out")}" class="sign-out">
              {page.FormToken(ConsentPage.SignOutAct)}
              <button type="submit">{page["SignOut"]}</button>
              <p>{page.Texts.Fill("SessionEnds", page.Texts.Time(person.EndsAt))}</p>
            </form>
            """);
}
