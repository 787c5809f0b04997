namespace MedId.Fido2;

/// <summary>Sections that refusals name.</summary>
internal static class U2fSections
{
    public const string Registration = "FIDO U2F Raw Message Formats 1.2 §4.3";

    public const string Authentication = "FIDO U2F Raw Message Formats 1.2 §5.4";

    public const string ClientData = "FIDO U2F Raw Message Formats 1.2 §7";

    public const string Facets = "FIDO AppID and Facet Specification §3.1";

    public const string Counter = "FIDO U2F Implementation Considerations §2.6";
}
