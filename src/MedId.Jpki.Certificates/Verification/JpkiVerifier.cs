using MedId.Core;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>Verifies JPKI certificates locally: standing, profile, path, revocation. Pure: no clock, no network, no store.</summary>
/// <remarks>
/// <code>new JpkiVerifier(policy).Verify(certificate, JpkiCertificateKind.Sign, evidence, at)</code>
/// A service provider does not verify locally; it asks its platform operator, behind the same contract (<see cref="IJpkiIdentityVerifier"/>).
/// </remarks>
public sealed class JpkiVerifier
{
    /// <summary>A verifier; one for the deployment, safe to use from many threads.</summary>
    /// <param name="policy">What has to hold.</param>
    public JpkiVerifier(JpkiVerifierPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Policy = policy;
    }

    /// <summary>The policy.</summary>
    public JpkiVerifierPolicy Policy { get; }

    /// <summary>Verifies a certificate for a use.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="use">What it was used for: never the other kind.</param>
    /// <param name="evidence">What was gathered.</param>
    /// <param name="at">The reference time: now, or when the signature was made.</param>
    /// <param name="purpose">Why; recorded in the evidence.</param>
    public JpkiDecision Verify(
        Certificate certificate, JpkiCertificateKind use, PathEvidence evidence, DateTimeOffset at, JpkiCheckPurpose purpose = JpkiCheckPurpose.Signature)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(evidence);
        var steps = new List<PathStep>();

        // 1. By what right (arts 17, 36).
        if (StandingRefusal(Policy) is { } noRight)
        {
            return Refused(noRight, steps, "standing");
        }

        Passed(steps, JpkiSections.Standing, "standing");

        // 2. What kind of certificate it says to be; independent of the path.
        var profile = Policy.Rules.Judge(certificate, use);
        if (!profile.Succeeded)
        {
            return Refused(profile.Error, steps, "profile");
        }

        Passed(steps, JpkiSections.Profile, "profile");

        // 3. Path and revocation. Gathering the evidence was the caller's duty.
        var path = PathValidator.Validate(certificate, Policy.Anchors, evidence, Policy.PathPolicy(profile.Value.PolicyOid), at);
        var revocation = JpkiRevocation.Of(path.Revocation.Count > 0 ? path.Revocation[0] : null);
        steps.AddRange(path.Steps);
        if (!path.IsAccepted)
        {
            return Decide(path.Outcome, path.Error, profile.Value, path, revocation, steps);
        }

        // 4. Art 18(1): revocation is checked on receipt. Without it nothing is valid, but one's own.
        if (revocation.Status != RevocationStatus.Good && Policy.Standing != JpkiStanding.OwnTest)
        {
            var error = new MedIdError(JpkiErrorCodes.RevocationRequired, ErrorCategory.State, "Act 153 of 2002 art 18(1)");
            return Decide(VerificationOutcome.Undetermined, error, profile.Value, path, revocation, steps);
        }

        // 5. The attributes; the profile's check has read them, so that this does not fail.
        var basicFour = profile.Value.Kind == JpkiCertificateKind.Sign ? BasicFourReader.Read(certificate).Value : null;
        return new()
        {
            Outcome = VerificationOutcome.Accepted,
            Standing = Policy.Standing,
            Profile = profile.Value,
            Path = path,
            Revocation = revocation,
            UsedWeakAlgorithm = path.UsedWeakAlgorithm,
            Steps = Explained(steps),
            Evidence = new(Policy, profile.Value, certificate, revocation, basicFour, at, purpose),
        };
    }

    /// <summary>現況確認: asks about a certificate that was accepted before, without the person. Whether it may be kept for that is <see cref="RetentionPolicy"/>'s to say.</summary>
    /// <param name="certificate">The certificate that was kept.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="evidence">New evidence.</param>
    /// <param name="at">Now.</param>
    public JpkiDecision Recheck(Certificate certificate, JpkiCertificateKind kind, PathEvidence evidence, DateTimeOffset at) =>
        Verify(certificate, kind, evidence, at, JpkiCheckPurpose.Liveness);

    internal static MedIdError? StandingRefusal(JpkiVerifierPolicy policy) => policy.Standings.Find(policy.Standing) switch
    {
        null => new(JpkiErrorCodes.StandingMissing, ErrorCategory.Policy, JpkiSections.Standing),
        { MayVerifyLocally: false } rule => new(JpkiErrorCodes.StandingRequiresPlatform, ErrorCategory.Policy, rule.Article, rule.Name),
        _ => null,
    };

    private JpkiDecision Decide(VerificationOutcome outcome, MedIdError error, JpkiCertificateProfile profile, PathDecision path, JpkiRevocation revocation, List<PathStep> steps) => new()
    {
        Outcome = outcome,
        Error = error,
        Standing = Policy.Standing,
        Profile = profile,
        Path = path,
        Revocation = revocation,
        UsedWeakAlgorithm = path.UsedWeakAlgorithm,
        Steps = Explained(steps),
    };

    private JpkiDecision Refused(MedIdError error, List<PathStep> steps, string name)
    {
        steps.Add(new(error.Section, name, 0, PathStepResult.Failed));
        return new() { Outcome = VerificationOutcome.Refused, Error = error, Standing = Policy.Standing, Steps = Explained(steps) };
    }

    private static void Passed(List<PathStep> steps, string section, string name) => steps.Add(new(section, name, 0, PathStepResult.Passed));

    private List<PathStep> Explained(List<PathStep> steps) => Policy.Explain ? steps : [];
}
