using MedId.Core;

namespace MedId.Provider;

/// <summary>How a consent came into being.</summary>
internal static class DashboardGround
{
    public static string Way(ConsentRecord consent) => consent.Act.Terminal is not null ? "card" : "device";

    public static string? Reason(ConsentRecord consent) => null;

    public static string? Standing(ConsentRecord consent) => null;

    public static DashboardProxy? Proxy(ConsentRecord consent, string language) => null;
}
