namespace MedId.Core;

/// <summary>One row of an OP's dated profile of authentication context classes: what has to be true before the OP may say this acr.</summary>
/// <remarks>
/// An acr is an identifier with case-sensitive equality (OIDC Core §2); its meaning is its issuer's, so the rows are configuration of the OP.
/// </remarks>
public sealed record AcrRequirement
{
    /// <summary>The acr value, e.g. <c>urn:cibatest:auth:fido</c> of the study's trial.</summary>
    public required string Acr { get; init; }

    /// <summary>The edition in which <see cref="MinimumAal"/> is meant.</summary>
    public required AssuranceEdition Edition { get; init; }

    /// <summary>The lowest level that satisfies the class; <see cref="AuthenticatorAssuranceLevel.None"/> asks for no level.</summary>
    public required AuthenticatorAssuranceLevel MinimumAal { get; init; }

    /// <summary>The authentication protocols that satisfy the class, e.g. <c>fido-uaf</c>; never empty.</summary>
    public required IReadOnlyCollection<string> Protocols { get; init; }
}
