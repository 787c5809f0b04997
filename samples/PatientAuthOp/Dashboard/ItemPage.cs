using MedId.Provider;

namespace MedId.Samples.PatientAuthOp;

/// <summary>One consent: what it says, who read when, and everything that happened to it.</summary>
internal static class ItemPage
{
    public static PageAnswer Write(PageContext page, DashboardConsent consent) => new("item", ConsentParts.Heading(page, consent), Html.Of($"""
        {ConsentParts.Facts(page, consent)}
        {ConsentParts.WithdrawLink(page, consent)}
        <section aria-labelledby="accesses-heading">
          <h2 id="accesses-heading">{page["AccessesHeading"]}</h2>
          {Lines(page, "AccessesCaption", consent.Accesses, consent.AccessCount)}
        </section>
        <section aria-labelledby="history-heading">
          <h2 id="history-heading">{page["HistoryHeading"]}</h2>
          {Lines(page, "HistoryCaption", consent.History, consent.HistoryCount)}
        </section>
        <section aria-labelledby="receipt-heading">
          <h2 id="receipt-heading">{page["ReceiptHeading"]}</h2>
          <dl>
            {ConsentParts.Fact(page, "ConsentId", Html.Of($"<code>{consent.Id}</code>"))}
            {ConsentParts.Fact(page, "Digest", Html.Of($"<code>{consent.Digest}</code>"))}
          </dl>
        </section>
        """));

    private static Html Lines(PageContext page, string caption, IReadOnlyList<DashboardLine> lines, int count) => lines.Count == 0
        ? Html.Of($"<p>{page["NoLines"]}</p>")
        : Html.Of($"""
            <table>
              <caption>{page[caption]}{(lines.Count < count ? page.Texts.Fill("Newest", Html.Of($"{lines.Count}"), Html.Of($"{count}")) : Html.None)}</caption>
              <thead><tr><th scope="col">{page["When"]}</th><th scope="col">{page["What"]}</th><th scope="col">{page["Who"]}</th></tr></thead>
              <tbody>{Html.Each(lines, line => Line(page, line))}</tbody>
            </table>
            """);

    private static Html Line(PageContext page, DashboardLine line) => Html.Of($"""
        <tr><th scope="row">{page.Texts.Time(line.At)}</th><td>{ConsentParts.Words(page, line.Text)}</td><td>{((line.ByName ?? line.By) is { } by ? Html.Name(by) : Html.Of($"{page["Nobody"]}"))}</td></tr>
        """);
}
