using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <content>The laws.</content>
public sealed partial class ProviderOptions
{
    /// <summary>Which laws consents are held against. Has to be set: <see cref="LawPolicy.In"/>, or <see cref="LawPolicy.Off"/> with a reason.</summary>
    public LawPolicy? Laws { get; set; }

    private IEnumerable<(bool Holds, string Message)> LawMistakes()
    {
        yield return (Laws is not null, "Laws is not set: name the jurisdictions (LawPolicy.In(\"JP\")), or say why nothing is checked (LawPolicy.Off).");
        foreach (var mistake in Laws?.Mistakes() ?? [])
        {
            yield return (Holds: false, mistake);
        }
    }

    /// <summary>What fails for every consent to a client, by what its last notice states.</summary>
    /// <param name="client">The client.</param>
    /// <param name="on">The day whose law is asked.</param>
    /// <returns>Rule and field of each; empty when nothing does.</returns>
    public IReadOnlyList<string> ValidateLawsFor(ClientRegistration client, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Laws is null || !client.HasGrantType(GrantTypes.Ciba)
            ? []
            : [.. LawCheck.Static(Laws, client.ClientId, Notices.LastOrDefault(notice => string.Equals(notice.ClientId, client.ClientId, StringComparison.Ordinal)), on).Select(static one => "ProviderOptions: " + one)];
    }
}
