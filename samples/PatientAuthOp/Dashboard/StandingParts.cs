using MedId.Provider;

namespace MedId.Samples.PatientAuthOp;

/// <summary>Consents given beforehand, on the list and where one is taken back.</summary>
internal static class StandingParts
{
    public static Html Section(PageContext page, DashboardView view) => view.Standing.Count == 0
        ? Html.None
        : Html.Of($"""
            <section aria-labelledby="standing-heading">
              <h2 id="standing-heading">{page["StandingHeading"]}</h2>
              <p>{page["StandingIntro"]}</p>
              {Html.Each(view.Standing, standing => Article(page, standing))}
            </section>
            """);

    public static Html Heading(PageContext page, DashboardStanding standing) =>
        page.Texts.Fill("ConsentHeading", ConsentParts.Words(page, standing.WayText), page.Texts.Time(standing.GivenAt));

    public static Html Facts(PageContext page, DashboardStanding standing) => Html.Of($"""
        <dl>
          {ConsentParts.Fact(page, "State", ConsentParts.State(page, standing.State, standing.StateText))}
          {ConsentParts.Fact(page, "MayAsk", Who(page, standing))}
          {ConsentParts.Fact(page, "Granted", ConsentParts.List(standing.Categories.Select(category => ConsentParts.Words(page, category.Text))))}
          {ConsentParts.Fact(page, "Purpose", ConsentParts.List(standing.Purposes.Select(purpose => ConsentParts.Words(page, purpose))))}
          {ConsentParts.Fact(page, "MayBeUsedUntil", page.Texts.Time(standing.ValidUntil))}
          {ConsentParts.Fact(page, "Uses", standing.MaxUses is { } most ? page.Texts.Fill("UsesOf", Html.Of($"{standing.Uses}"), Html.Of($"{most}")) : Html.Of($"{standing.Uses}"))}
          {ConsentParts.Fact(page, "WithdrawnAt", standing.WithdrawnAt is { } at ? page.Texts.Time(at) : null)}
        </dl>
        """);

    private static Html Who(PageContext page, DashboardStanding standing)
    {
        var named = standing.Recipients.Select(party => Html.Name(party.Name));
        return standing.TrustFrameworkName is { } framework ? ConsentParts.List(named.Append(page.Texts.Fill("Framework", Html.Name(framework))))
            : standing.Recipients.Count > 0 ? ConsentParts.List(named)
            : Html.Of($"{page["WhoeverHasTheCode"]}");
    }

    private static Html Article(PageContext page, DashboardStanding standing) => Html.Of($"""
        <article aria-labelledby="standing-{standing.Id}">
          <h3 id="standing-{standing.Id}">{Heading(page, standing)}</h3>
          {Facts(page, standing)}
          {(standing.CanWithdraw ? Html.Of($"<p><a class=\"button danger\" href=\"{page.Link("/withdrawal", ("standing", standing.Id))}\">{page["Withdraw"]}<span class=\"hidden\">{page["Colon"]}{Heading(page, standing)}</span></a></p>") : Html.None)}
        </article>
        """);
}
