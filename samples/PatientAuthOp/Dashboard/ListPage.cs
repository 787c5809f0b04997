using MedId.Provider;

namespace MedId.Samples.PatientAuthOp;

/// <summary>The first page: who may read what, what was given beforehand, and the consents.</summary>
internal static class ListPage
{
    public static PageAnswer Write(PageContext page, DashboardView view)
    {
        var title = Html.Of($"{page["ListTitle"]}");
        return view.Total == 0 && view.Standing.Count == 0
            ? new("empty", title, Html.Of($"<p>{page["Empty"]}</p>"))
            : new("list", title, Html.Of($"""
                <p>{page["ListIntro"]}</p>
                {Matrix(page, view)}
                {StandingParts.Section(page, view)}
                {Consents(page, view)}
                """));
    }

    private static Html Matrix(PageContext page, DashboardView view) => view.Recipients.Count == 0
        ? Html.None
        : Html.Of($"""
            <section aria-labelledby="matrix-heading">
              <h2 id="matrix-heading">{page["MatrixHeading"]}</h2>
              {(view.Recipients.Any(recipient => recipient.ActiveConsents.Count > 0) ? Html.None : Html.Of($"<p>{page["NobodyReads"]}</p>"))}
              {Html.Each(view.Recipients.Index(), row => Recipient(page, view, row.Item, row.Index))}
            </section>
            """);

    private static Html Recipient(PageContext page, DashboardView view, DashboardRecipient recipient, int number) => Html.Of($"""
        <article aria-labelledby="recipient-{number}">
          <h3 id="recipient-{number}">{Html.Name(recipient.Recipient.Name)}</h3>
          <table>
            <caption>{page.Texts.Fill("MatrixCaption", Html.Name(recipient.Recipient.Name), page.Texts.Time(view.At))}</caption>
            <thead><tr><th scope="col">{page["Kind"]}</th><th scope="col">{page["Now"]}</th></tr></thead>
            <tbody>{Html.Each(recipient.Cells, cell => Html.Of($"<tr><th scope=\"row\">{ConsentParts.Words(page, cell.Text)}</th><td>{Cell(page, cell)}</td></tr>"))}</tbody>
          </table>
          {WithdrawAll(page, recipient)}
        </article>
        """);

    private static Html Cell(PageContext page, DashboardCell cell) => Html.Of($"""
        <span class="state {cell.State.ToString().ToLowerInvariant()}">{(cell.Until is { } until ? page.Texts.Fill("CellReadable", page.Texts.Time(until)) : Html.Of($"{page["Cell" + cell.State]}"))}</span>
        """);

    private static Html WithdrawAll(PageContext page, DashboardRecipient recipient) => recipient.ActiveConsents.Count == 0
        ? Html.None
        : Html.Of($"""
            <p><a class="button danger" href="{page.Link("/withdrawal", ("recipient", recipient.Recipient.ClientId))}">{page.Texts.Fill("WithdrawAll", Html.Name(recipient.Recipient.Name))}</a></p>
            """);

    private static Html Consents(PageContext page, DashboardView view) => view.Total == 0
        ? Html.None
        : Html.Of($"""
            <section aria-labelledby="consents-heading">
              <h2 id="consents-heading">{page["ConsentsHeading"]}</h2>
              <p>{page.Texts.Fill("Total", Html.Of($"{view.Total}"))}</p>
              {Html.Each(view.Consents, consent => Consent(page, consent))}
              {(view.Next is null ? Html.None : Html.Of($"<p><a class=\"button\" rel=\"next\" href=\"{page.Link(string.Empty, ("after", view.Next))}\">{page["Older"]}</a></p>"))}
            </section>
            """);

    private static Html Consent(PageContext page, DashboardConsent consent) => Html.Of($"""
        <article aria-labelledby="consent-{consent.Id}">
          <h3 id="consent-{consent.Id}">{ConsentParts.Heading(page, consent)}</h3>
          {ConsentParts.Facts(page, consent)}
          <p><a class="button" href="{page.Link("/item", ("consent", consent.Id))}">{page.Texts.Fill("Details", Html.Of($"{consent.AccessCount}"))}<span class="hidden">{page["Colon"]}{ConsentParts.Heading(page, consent)}</span></a></p>
          {ConsentParts.WithdrawLink(page, consent)}
        </article>
        """);
}
