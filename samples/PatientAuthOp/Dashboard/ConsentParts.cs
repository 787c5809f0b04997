using MedId.Provider;

namespace MedId.Samples.PatientAuthOp;

/// <summary>What the list and the page of one consent both show.</summary>
internal static class ConsentParts
{
    /// <summary>Words with their own language, where that is not the page's.</summary>
    public static Html Words(PageContext page, DashboardText text) =>
        text.Language is { } language && language != page.Texts.Language ? Html.Of($"<bdi lang=\"{language}\">{text.Text}</bdi>") : text.Language is null ? Html.Name(text.Text) : Html.Of($"{text.Text}");

    public static Html Heading(PageContext page, DashboardConsent consent) =>
        page.Texts.Fill("ConsentHeading", Html.Name(consent.Recipient.Name), page.Texts.Time(consent.GivenAt));

    public static Html Facts(PageContext page, DashboardConsent consent)
    {
        var (texts, doctor) = (page.Texts, consent.Practitioner);
        return Html.Of($"""
            <dl>
              {Fact(page, "State", State(page, consent.State, consent.StateText))}
              {Fact(page, "Doctor", doctor is null ? null : Html.Of($"{Html.Name(doctor.Name)} {page.Texts.Fill("InBrackets", Html.Name(doctor.Role))}"))}
              {Fact(page, "Institution", doctor is null ? null : Html.Name(doctor.Organization))}
              {Fact(page, "Purpose", Words(page, consent.Purpose))}
              {Fact(page, "Granted", Categories(page, consent, granted: true))}
              {Fact(page, "Refused", Categories(page, consent, granted: false))}
              {Fact(page, "Until", texts.Time(consent.AccessUntil))}
              {Fact(page, "Way", Words(page, consent.WayText))}
              {Fact(page, "Reason", consent.Reason is { } reason ? Html.Name(reason) : null)}
              {Fact(page, "Proxy", consent.Proxy is { } proxy ? Html.Of($"{Html.Name(proxy.Name)} {page.Texts.Fill("InBrackets", Words(page, proxy.Relationship))}") : null)}
              {Fact(page, "WithdrawnAt", consent.WithdrawnAt is { } at ? texts.Time(at) : null)}
            </dl>
            """);
    }

    /// <summary>A state has a sign before its words; the words say all.</summary>
    public static Html State(PageContext page, DashboardConsentState state, DashboardText words) =>
        Html.Of($"<span class=\"state {state.ToString().ToLowerInvariant()}\">{Words(page, words)}</span>");

    public static Html WithdrawLink(PageContext page, DashboardConsent consent) => !consent.CanWithdraw
        ? Html.None
        : Html.Of($"""
            <p><a class="button danger" href="{page.Link("/withdrawal", ("consent", consent.Id))}">{page["Withdraw"]}<span class="hidden">{page["Colon"]}{Heading(page, consent)}</span></a></p>
            """);

    public static Html Fact(PageContext page, string name, Html? value) => value is not { } shown || shown == Html.None ? Html.None : Html.Of($"<dt>{page[name]}</dt><dd>{shown}</dd>");

    public static Html List(IEnumerable<Html> items) => items.ToList() is { Count: > 0 } list ? Html.Of($"<ul>{Html.Each(list, item => Html.Of($"<li>{item}</li>"))}</ul>") : Html.None;

    private static Html Categories(PageContext page, DashboardConsent consent, bool granted) =>
        List(consent.Categories.Where(category => category.Granted == granted).Select(category => Words(page, category.Text)));
}
