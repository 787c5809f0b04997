using MedId.Core;

namespace MedId.Fido2;

/// <summary>WebAuthn L3 §8.4.</summary>
internal static class AndroidKeyAttestation
{
    private const string Section = AttestationSections.AndroidKey;
    private const string ExtensionOid = "1.3.6.1.4.1.11129.2.1.17";
    private const long OriginGenerated = 0;
    private const long PurposeSign = 2;

    public static MedIdResult<AttestationStatementEvidence> Verify(AttestationInput input, ReadOnlyMemory<byte> statement)
    {
        // Step 1: the syntax.
        var read = AttestationStatement.Read(statement, Section);
        if (!read.Succeeded)
        {
            return read.Error;
        }

        if (read.Value is not { Algorithm: { } algorithm, Signature: { } signature, Certificates: { } path })
        {
            return AttestationStatement.Malformed(Section, "alg, sig or x5c is missing");
        }

        // Step 2: sig over authenticatorData || clientDataHash by the certificate's key.
        var key = input.ReadKey(path[0], Section);
        if (!key.Succeeded)
        {
            return key.Error;
        }

        if (input.Verify(algorithm, key.Value, input.ToBeSigned, signature.Span, Section, out var usedWeak) is { } unsigned)
        {
            return unsigned;
        }

        // Step 3: which is the credential's key.
        if (!key.Value.Equals(input.Credential.Key.Key))
        {
            return new MedIdError(Fido2ErrorCodes.AttestationKeyMismatch, ErrorCategory.Untrusted, Section);
        }

        // Step 4: the challenge of the key attestation is clientDataHash.
        if (path[0].Extensions.Find(ExtensionOid) is not { } extension)
        {
            return new MedIdError(Fido2ErrorCodes.AttestationAndroidExtension, ErrorCategory.Malformed, AttestationSections.AndroidExtension, "missing");
        }

        var description = AndroidKeyDescription.Parse(extension.Value);
        if (!description.Succeeded)
        {
            return description.Error;
        }

        if (!description.Value.AttestationChallenge.Span.SequenceEqual(input.ClientDataHash))
        {
            return new MedIdError(Fido2ErrorCodes.AttestationAndroidChallenge, ErrorCategory.Untrusted, Section);
        }

        // Step 5: what the key may be used for, and by whom.
        return CheckAuthorization(description.Value, input.Rules.Policy.RequireTeeForAndroidKey) is { } unauthorized
            ? unauthorized
            : new AttestationStatementEvidence
            {
                Format = AttestationFormats.AndroidKey,
                Type = AttestationType.Basic,
                Aaguid = input.Credential.Aaguid,
                Path = path,
                UsedWeakAlgorithm = usedWeak,
                AndroidKey = description.Value,
            };
    }

    /// <summary>
    /// The key is of one application, was made in the keystore, and signs and does nothing else. Where neither list says one of the latter two, nothing contradicts it,
    /// and it is accepted, as the official vector asks; not where the trusted environment has to vouch for it.
    /// </summary>
    private static MedIdError? CheckAuthorization(AndroidKeyDescription description, bool requireTee)
    {
        AndroidAuthorizationList[] lists = requireTee ? [description.TeeEnforced] : [description.TeeEnforced, description.SoftwareEnforced];
        var problem = description.TeeEnforced.AllApplications || description.SoftwareEnforced.AllApplications ? "allApplications"
            : Array.Exists(lists, list => list.Origin is { } origin ? origin != OriginGenerated : requireTee) ? "origin"
            : Array.Exists(lists, list => list.Purposes is { } purposes ? purposes.Count == 0 || purposes.Any(p => p != PurposeSign) : requireTee) ? "purpose"
            : null;
        return problem is null ? null : new(Fido2ErrorCodes.AttestationAndroidAuthorization, ErrorCategory.Untrusted, Section, problem);
    }
}
