namespace MedId.Fido.Uaf;

/// <summary>Where the standards ask for what is checked here.</summary>
internal static class UafSections
{
    public const string Json = "UAF 1.1 protocol §2.1";
    public const string Dictionaries = "UAF 1.1 protocol §3.1";
    public const string Registration = "UAF 1.1 protocol §3.4.6.5";
    public const string Authentication = "UAF 1.1 protocol §3.5.7.5";
    public const string Tlv = "UAF 1.1 authnr-cmds §3";
    public const string RegistrationAssertion = "UAF 1.1 authnr-cmds §5.2.1";
    public const string AuthenticationAssertion = "UAF 1.1 authnr-cmds §5.2.2";
    public const string Metadata = "FIDO metadata statement §3";
    public const string Transport = "UAF 1.1 client-api-transport §3";
    public const string ChannelBinding = "UAF 1.1 protocol §3.1 ChannelBinding";
}
