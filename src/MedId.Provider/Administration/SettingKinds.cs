namespace MedId.Provider;

/// <summary>The kinds of settings that this package keeps in an <see cref="ISettingStore"/>.</summary>
public static class SettingKinds
{
    /// <summary>A client or resource server; the id is its client id.</summary>
    public const string Client = "client";

    /// <summary>The ring of signing keys; the only id is <c>ring</c>, so that a rotation is one step.</summary>
    public const string Key = "key";

    /// <summary>A line of the kill switch; the id is the text of its <see cref="KillSwitchTarget"/>.</summary>
    public const string Switch = "switch";

    /// <summary>A doctor OP; the id is its issuer identifier.</summary>
    public const string PractitionerIssuer = "practitioner-issuer";

    /// <summary>A trust framework; the id is its own.</summary>
    public const string TrustFramework = "trust-framework";

    /// <summary>What a first operator asked for and a second one has to ask for too; the id names the act.</summary>
    public const string FourEyes = "four-eyes";
}
