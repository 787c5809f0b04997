namespace MedId.Samples.PatientAuthOp;

/// <summary>Taking back in two steps: asked with everything that follows from it, then said to be done.</summary>
internal static class WithdrawalPages
{
    public static PageAnswer Ask(PageContext page, WithdrawalTarget target) => target.IsOver
        ? new("done", Html.Of($"{page["OverTitle"]}"), Html.Of($"<p>{page["OverText"]}</p>{BackLink(page)}")) { IsNews = true }
        : new("confirm", Title(page, target, "Ask"), Html.Of($"""
            {What(page, target)}
            <h2>{page["WhatFollows"]}</h2>
            <ul>
              <li>{page["FollowsAtOnce"]}</li>
              {(target.Standing.Count > 0 ? Html.Of($"<li>{page["FollowsStanding"]}</li>") : Html.None)}
              {(target.LeavesFramework ? Html.Of($"<li>{Framework(page, target)}</li>") : Html.None)}
              <li>{page["FollowsNotUndone"]}</li>
              <li>{page["FollowsAskedAgain"]}</li>
            </ul>
            <form method="post" action="{page.Link("/withdrawal")}" class="confirm">
              {page.FormToken(target.Act)}
              <input type="hidden" name="{target.Kind}" value="{target.Id}">
              <button type="submit" class="danger">{page["Confirm"]}</button>
              <a class="button" href="{page.Link(string.Empty)}">{page["Keep"]}</a>
            </form>
            """));

    public static PageAnswer Done(PageContext page, WithdrawalTarget target) => new("done", Title(page, target, "Done"), Html.Of($"""
        <p role="status">{page["DoneText"]}</p>
        {(target.LeavesFramework ? Html.Of($"<p>{Framework(page, target)}</p>") : Html.None)}
        {BackLink(page)}
        """)) { IsNews = true };

    private static Html Title(PageContext page, WithdrawalTarget target, string step) =>
        target.Recipient is { } recipient ? page.Texts.Fill(step + "Recipient", Html.Name(recipient.Recipient.Name))
        : target.Consent is { } consent ? page.Texts.Fill(step + (consent.Way == "break-glass" ? "Emergency" : "Consent"), Html.Name(consent.Recipient.Name))
        : Html.Of($"{page[step + "Standing"]}");

    private static Html Framework(PageContext page, WithdrawalTarget target) => page.Texts.Fill("FollowsFramework", Html.Name(target.Recipient!.Recipient.Name));

    private static Html What(PageContext page, WithdrawalTarget target)
    {
        if (target.Consent is { } consent)
        {
            return ConsentParts.Facts(page, consent);
        }

        var standing = Html.Each(target.Standing, one => Html.Of($"<h2>{StandingParts.Heading(page, one)}</h2>{StandingParts.Facts(page, one)}"));
        return target.Recipient is not { } recipient ? standing : Html.Of($"""
            <p>{page.Texts.Fill("RecipientCount", Html.Of($"{recipient.ActiveConsents.Count}"))}</p>
            {ConsentParts.List(recipient.Cells.Where(cell => cell.Until is not null).Select(cell => ConsentParts.Words(page, cell.Text)))}
            {standing}
            """);
    }

    private static Html BackLink(PageContext page) => Html.Of($"<p><a class=\"button\" href=\"{page.Link(string.Empty)}\">{page["Back"]}</a></p>");
}
