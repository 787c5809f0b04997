using System.Text.Json;
using MedId.Core;

namespace MedId.Provider;

/// <summary>How a consent came into being.</summary>
internal static class DashboardGround
{
    public static string Way(ConsentRecord consent) =>
        consent.Ground is { } ground ? Word(ground.Kind.ToString()) : consent.Act.Terminal is not null ? "card" : "device";

    public static string Way(StandingConsent consent) => Word(consent.Kind.ToString());

    public static DashboardProxy? Proxy(ConsentRecord consent, string language) =>
        consent.Proxy is { } proxy ? new(proxy.Name, DashboardTexts.Relationship(proxy.Relationship.ToString(), language)) : null;

    private static string Word(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
