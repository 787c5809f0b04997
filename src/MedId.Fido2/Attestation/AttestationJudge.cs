using MedId.Core;
using MedId.Fido.Metadata;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>WebAuthn L3 §7.1 steps 23 and 24.</summary>
internal static class AttestationJudge
{
    private const string Section = AttestationSections.Trust;

    public static AttestationTrust Judge(AttestationStatementEvidence evidence, AttestationRules rules) => evidence switch
    {
        { Format: AttestationFormats.Compound } => JudgeMembers(evidence, rules),

        // Step 24: without attestation, policy decides.
        { Type: AttestationType.None } => Unproven(rules.Policy.AcceptNone, Fido2ErrorCodes.AttestationNoneNotAccepted, null),
        { Type: AttestationType.Self } => JudgeSelf(evidence, rules),
        _ => JudgePath(evidence, rules),
    };

    private static AttestationTrust JudgeMembers(AttestationStatementEvidence evidence, AttestationRules rules)
    {
        var members = evidence.Members.Select(member => Judge(member, rules)).ToList();
        var minimum = rules.Policy.CompoundMinimum ?? members.Count;
        if (members.Count(member => member.IsTrusted) >= minimum)
        {
            return new() { Status = AttestationTrustStatus.Trusted, IsAcceptable = true, Members = members, Anchor = members.First(member => member.IsTrusted).Anchor };
        }

        var refused = members.Exists(member => member.Status == AttestationTrustStatus.NotTrusted);
        return new()
        {
            Status = refused ? AttestationTrustStatus.NotTrusted : AttestationTrustStatus.NotJudged,
            IsAcceptable = members.Count(member => member.IsAcceptable) >= minimum,
            Reason = new(Fido2ErrorCodes.AttestationCompoundTooFew, ErrorCategory.Untrusted, Section, string.Join(' ', members.Select(member => member.Reason?.Code ?? "trusted"))),
            Members = members,
        };
    }

    /// <summary>Self attestation is taken or not by policy; a model of which the metadata say that it attests otherwise, or that it is not to be used, is refused.</summary>
    private static AttestationTrust JudgeSelf(AttestationStatementEvidence evidence, AttestationRules rules)
    {
        var entry = Find(evidence, rules.Policy);
        return (entry is null ? null : JudgeModel(entry, evidence, rules) ?? JudgeStatus(entry, evidence, [], rules))
            ?? Unproven(rules.Policy.AcceptSelf, Fido2ErrorCodes.AttestationSelfNotAccepted, entry);
    }

    private static AttestationTrust JudgePath(AttestationStatementEvidence evidence, AttestationRules rules)
    {
        // Step 23: the anchors for this type and format: those of the model's metadata where they know it, else those of policy.
        var policy = rules.Policy;
        var entry = Find(evidence, policy);
        if (entry is null && policy.Anchors is null)
        {
            return policy.Metadata is null
                ? new()
                {
                    Status = AttestationTrustStatus.NotJudged,
                    IsAcceptable = !policy.RequireTrusted,
                    Reason = new(Fido2ErrorCodes.AttestationNotJudged, ErrorCategory.Policy, Section, "neither anchors nor metadata are given"),
                }
                : Refuse(rules, Fido2ErrorCodes.AttestationModelUnknown, ErrorCategory.Untrusted, null);
        }

        if (entry is not null && JudgeModel(entry, evidence, rules) is { } refused)
        {
            return refused;
        }

        // Step 24: the attestation certificate is one that is trusted, or there is a path from it to somebody who is.
        var trust = JudgeCertificate(evidence.Path, entry?.Statement?.ReadAnchors() ?? policy.Anchors ?? [], entry, rules);
        return entry is null || trust is not { IsTrusted: true, Anchor: { } anchor }
            ? trust
            : JudgeStatus(entry, evidence, [.. trust.Path?.Path.Skip(1) ?? [], .. anchor.Certificate is { } root ? [root] : Array.Empty<Certificate>()], rules) ?? trust;
    }

    private static AttestationTrust JudgeCertificate(
        IReadOnlyList<Certificate> path, IReadOnlyCollection<TrustAnchor> anchors, MetadataEntry? entry, AttestationRules rules)
    {
        var policy = rules.Policy;
        var leaf = path[0];
        if (anchors.FirstOrDefault(anchor => leaf.Equals(anchor.Certificate)) is { } itself)
        {
            return !policy.CheckAnchorValidity || leaf.IsValidAt(rules.At)
                ? new() { Status = AttestationTrustStatus.Trusted, IsAcceptable = true, Anchor = itself, Metadata = entry }
                : Refuse(rules, Fido2ErrorCodes.AttestationUntrusted, ErrorCategory.State, entry, PkiErrorCodes.AnchorNotValid);
        }

        // The order in which certificates came is not relied on.
        var evidence = policy.Evidence with { Certificates = [.. path.Skip(1), .. policy.Evidence.Certificates] };
        var requirements = new PathPolicy { Algorithms = rules.Algorithms, Revocation = policy.Revocation, CheckAnchorValidity = policy.CheckAnchorValidity };
        var decision = PathValidator.Validate(leaf, anchors, evidence, requirements, rules.At);
        if (decision.IsAccepted)
        {
            return new() { Status = AttestationTrustStatus.Trusted, IsAcceptable = true, Anchor = decision.Anchor, Metadata = entry, Path = decision };
        }

        var code = decision.Error.Code is PkiErrorCodes.Revoked ? Fido2ErrorCodes.AttestationRevoked : Fido2ErrorCodes.AttestationUntrusted;
        return Refuse(rules, code, decision.Error.Category, entry, decision.Error.Code) with { Path = decision };
    }

    /// <summary>What the metadata say of the model: that it attests in this way.</summary>
    private static AttestationTrust? JudgeModel(MetadataEntry entry, AttestationStatementEvidence evidence, AttestationRules rules) =>
        entry.Statement is not { } statement ? Refuse(rules, Fido2ErrorCodes.AttestationModelUnknown, ErrorCategory.Untrusted, entry, "the entry has no statement")
        : !TypesOf(evidence.Type).Any(statement.AttestationTypes.Contains) ? Refuse(rules, Fido2ErrorCodes.AttestationTypeUnexpected, ErrorCategory.Untrusted, entry)
        : null;

    /// <summary>What is reported of the model, or of one of its certificates: those above the attestation certificate are the ones of the path that was found.</summary>
    private static AttestationTrust? JudgeStatus(MetadataEntry entry, AttestationStatementEvidence evidence, IReadOnlyList<Certificate> above, AttestationRules rules)
    {
        var certificate = evidence.Path.Count > 0 ? evidence.Path[0] : null;
        var version = evidence.Device?.FirmwareVersion is { } firmware ? (ulong?)firmware : null;
        var status = rules.Policy.MetadataStatus.Judge(entry, certificate, rules.At, version, above);
        return status.IsAccepted ? null : Refuse(rules, Fido2ErrorCodes.AttestationModelStatus, ErrorCategory.Policy, entry, status.Error.Code);
    }

    /// <summary>packed and fido-u2f cannot tell basic and attCA apart.</summary>
    private static FidoAttestationType[] TypesOf(AttestationType type) => type switch
    {
        AttestationType.Self => [FidoAttestationType.BasicSurrogate],
        AttestationType.AttCa => [FidoAttestationType.AttestationAuthority],
        AttestationType.AnonCa => [FidoAttestationType.AnonymizationAuthority],
        _ => [FidoAttestationType.BasicFull, FidoAttestationType.AttestationAuthority],
    };

    /// <summary>A U2F model has no AAGUID: metadata name it by its attestation keys.</summary>
    private static MetadataEntry? Find(AttestationStatementEvidence evidence, AttestationTrustPolicy policy) =>
        policy.Metadata is not { } metadata ? null
        : evidence.AttestationKeyIdentifier is { } identifier ? metadata.FindByKeyIdentifier(identifier)
        : evidence.Aaguid == Guid.Empty ? null
        : metadata.FindByAaguid(evidence.Aaguid);

    private static AttestationTrust Unproven(bool accepted, string code, MetadataEntry? entry) => new()
    {
        Status = accepted ? AttestationTrustStatus.NotJudged : AttestationTrustStatus.NotTrusted,
        IsAcceptable = accepted,
        Reason = new(accepted ? Fido2ErrorCodes.AttestationNotJudged : code, ErrorCategory.Policy, Section),
        Metadata = entry,
    };

    private static AttestationTrust Refuse(AttestationRules rules, string code, ErrorCategory category, MetadataEntry? entry, string? detail = null) => new()
    {
        Status = AttestationTrustStatus.NotTrusted,
        IsAcceptable = !rules.Policy.RequireTrusted,
        Reason = new(code, category, Section, detail),
        Metadata = entry,
    };
}
