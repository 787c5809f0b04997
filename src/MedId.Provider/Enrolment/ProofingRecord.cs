namespace MedId.Provider;

/// <summary>How a person was checked before a ticket was given: who looked, where, at what level. Goes from the ticket to the device and into its history.</summary>
public sealed record ProofingRecord
{
    /// <summary>The method of a form signed by a My Number card (row A8).</summary>
    public const string JpkiForm = "jpki-form";

    /// <summary>The method of a sign-in by My Number card that JPKI's linking information says to be the account's person (rows A8, A18).</summary>
    public const string JpkiSignIn = "jpki-sign-in";

    /// <summary>The method of a check at a reception desk.</summary>
    public const string ReceptionDesk = "reception-desk";

    /// <summary>The method of an act of a device that was enrolled before.</summary>
    public const string EnrolledDevice = "enrolled-device";

    /// <summary>The method; one of the names above or the OP's own.</summary>
    public required string Method { get; init; }

    /// <summary>The level that the method gave.</summary>
    public required ProofingLevel Level { get; init; }

    /// <summary>When the person was checked.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The institution whose clerk checked; null where none did.</summary>
    public string? InstitutionId { get; init; }

    /// <summary>The clerk's own identifier; null where none did. Personal: stores encrypt it.</summary>
    public string? ClerkId { get; init; }

    /// <summary>Method and level only.</summary>
    public override string ToString() => $"{Method} {Level}";
}
