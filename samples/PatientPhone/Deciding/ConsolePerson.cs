using System.Globalization;
using System.Text.Json;

namespace MedId.Samples.PatientPhone;

/// <summary>
/// Shows the notice on standard error, because standard output carries step reports, and lets a person type: first the categories, then the confirmation box,
/// then one of the two buttons. Nothing is ticked before.
/// </summary>
internal sealed class ConsolePerson(TextReader input, TextWriter screen) : IPerson
{
    public async Task<Decision> DecideAsync(Notice notice, CancellationToken cancellationToken)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var confirmed = false;
        var japanese = notice.Json.Text("language") == "ja";
        while (true)
        {
            Show(notice, kept, confirmed, japanese);
            var typed = (await input.ReadLineAsync(cancellationToken))?.Trim();
            switch (typed)
            {
                case null or "n":
                    return Decision.Deny;
                case "y" when confirmed && kept.Count > 0:
                    return new Decision(kept);
                case "c":
                    confirmed = !confirmed;
                    break;
                default:
                    if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= notice.Categories.Count)
                    {
                        var scope = notice.Categories[number - 1].Scope;
                        _ = kept.Remove(scope) || kept.Add(scope);
                    }

                    break;
            }
        }
    }

    public void ShowTold(Notice notice, JsonElement told)
    {
        Head(notice.Json);
        var granted = told.Items("granted").Select(one => one.GetString()).ToHashSet(StringComparer.Ordinal);
        foreach (var (_, text) in notice.Categories.Where(one => granted.Contains(one.Scope)))
        {
            screen.WriteLine("│  • " + text);
        }

        foreach (var line in new[] { notice.Json.Text("reason"), notice.Json.Text("legal_basis"), notice.Json.Text("withdrawal") }.Where(line => line is not null))
        {
            screen.WriteLine("│ " + line);
        }

        screen.WriteLine("╰──────────────────────────────────────────────────────────");
        screen.Flush();
    }

    public void ShowTransaction(string line) => screen.WriteLine("✎ " + line);

    private void Show(Notice notice, HashSet<string> kept, bool confirmed, bool japanese)
    {
        var json = notice.Json;
        Head(json);
        ShowTerms(json);
        for (var index = 0; index < notice.Categories.Count; index++)
        {
            var (scope, text) = notice.Categories[index];
            screen.WriteLine($"│  {index + 1} [{(kept.Contains(scope) ? 'x' : ' ')}] {text}");
        }

        screen.WriteLine($"│  c [{(confirmed ? 'x' : ' ')}] {json.Text("confirmation")}");
        screen.WriteLine("│");
        screen.WriteLine("│ " + json.Text("withdrawal"));
        screen.WriteLine($"│        ( n: {json.Text("deny")} )     ( y: {json.Text("agree")} )");
        screen.WriteLine("╰──────────────────────────────────────────────────────────");
        screen.Write(japanese ? "番号、c、n または y を入力してください: " : "Type a number, c, n or y: ");
        screen.Flush();
    }

    private void Head(JsonElement json)
    {
        var practitioner = json.Member("practitioner") ?? default;
        screen.WriteLine();
        screen.WriteLine("╭──────────────────────────────────────────────────────────");
        screen.WriteLine("│ " + json.Text("title"));
        screen.WriteLine("│ " + json.Text("intro"));
        screen.WriteLine("│");
        screen.WriteLine($"│ {json.Member("recipient")?.Text("name")}");
        screen.WriteLine($"│ {practitioner.Text("organization")}  {practitioner.Text("role")}  {practitioner.Text("name")}");
        screen.WriteLine($"│ {json.Member("purpose")?.Text("text")}   {json.Text("access_until")}   {json.Text("binding_message")}");
        screen.WriteLine("│");
    }

    /// <summary>How often the agreement serves, what is said about the recipient, and what of it changed.</summary>
    private void ShowTerms(JsonElement json)
    {
        if (json.Member("reuse")?.Text("text") is { } reuse)
        {
            screen.WriteLine("│ " + reuse);
        }

        foreach (var said in (json.Member("about")?.Items("statements") ?? []).Concat(json.Member("about")?.Items("changes") ?? []))
        {
            screen.WriteLine("│ " + said.Text("text"));
        }
    }
}
