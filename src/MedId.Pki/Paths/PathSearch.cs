using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>Finds paths from a target up to an anchor, depth first, and gives each that is complete to <see cref="PathCheck"/> and <see cref="PathRevocation"/>.</summary>
/// <remarks>
/// A way is left at its first signature that does not verify, so certificates that only share a name cost one verification each. No key stands twice under one
/// name in a path (RFC 4158 §2.4.2), paths are not longer than policy says, and paths, steps and signatures are counted over the whole validation.
/// </remarks>
internal sealed class PathSearch
{
    /// <summary>The most complete paths that are checked.</summary>
    public const int MaxPaths = 64;

    /// <summary>The most certificates that are stepped on while searching.</summary>
    public const int MaxSteps = 4096;

    private readonly PathContext _context;
    private readonly PathPolicy _policy;
    private readonly IReadOnlyCollection<TrustAnchor> _anchors;
    private readonly PathCandidates _candidates;
    private readonly List<Certificate> _path = [];
    private PathDecision? _best;
    private int _bestRank = -1;
    private int _paths;
    private int _steps;
    private bool _isCut;

    public PathSearch(PathContext context, PathPolicy policy, IReadOnlyCollection<TrustAnchor> anchors)
    {
        (_context, _policy, _anchors) = (context, policy, anchors);
        _candidates = new(anchors, context.Evidence.Certificates, context.At);
    }

    public PathDecision Run(Certificate target)
    {
        _path.Add(target);
        Extend(target);
        var isCut = _isCut || _context.Links.IsExhausted;
        var decision = isCut && _bestRank < Rank.Complete
            ? Decide(new(new(PkiErrorCodes.PathLimit, ErrorCategory.Policy, "RFC 4158 §2.4", "the search was ended by its limits"), 0), null, [target])
            : _best!;
        decision.SignaturesVerified = _context.Links.Signatures;
        return decision;
    }

    /// <summary>Whether an accepted path was found above the certificate that ends the path so far.</summary>
    private bool Extend(Certificate last)
    {
        var isKnown = false;
        foreach (var anchor in _candidates.AnchorsOf(last))
        {
            isKnown = true;
            var refusal = _context.Links.Verify(last, anchor.PublicKey);
            if (refusal is not null ? Note(refusal, anchor) : Complete(anchor))
            {
                return true;
            }

            if (IsOver())
            {
                return false;
            }
        }

        var remaining = _policy.MaxPathLength - _path.Count;
        foreach (var issuer in _candidates.IssuersOf(last, remaining))
        {
            if (StandsInPath(issuer) || IsAnchor(issuer))
            {
                continue;
            }

            isKnown = true;
            _steps++;
            if (IsOver())
            {
                return false;
            }

            // A DSA key without parameters verifies nothing before the key above it is known; the check of the whole path does it then.
            var refusal = IssuerKeys.Inherits(issuer.SubjectPublicKeyInfo) ? null : _context.Links.Verify(last, IssuerKeys.Read(issuer.SubjectPublicKeyInfo.Span));
            if (refusal is not null)
            {
                Note(refusal, null);
                continue;
            }

            _path.Add(issuer);
            if (Extend(issuer))
            {
                return true;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return !isKnown && NoteMissing();
    }

    /// <summary>A path that reaches an anchor: whether it is accepted.</summary>
    private bool Complete(TrustAnchor anchor)
    {
        _paths++;
        var path = _path.ToArray();
        var trace = new PathTrace(_policy.Explain);
        var check = new PathCheck(path, anchor, _policy, _context.At, _context.Links, trace);
        var refusal = check.Run();
        if (refusal is not null)
        {
            return Keep(Rank.Complete, Decide(refusal, anchor, path, trace));
        }

        var revocation = new PathRevocation(_context, _policy, trace);
        var findings = revocation.Judge(path, anchor, check.IssuerKeys);
        var decision = new PathDecision
        {
            Outcome = revocation.Outcome,
            Error = revocation.Refusal?.Error,
            RefusedCertificate = revocation.Refusal?.Certificate,
            Path = path,
            Anchor = anchor,
            Policies = check.Policies,
            Revocation = findings,
            Steps = trace.Steps,
            UsedWeakAlgorithm = check.UsedWeakAlgorithm || findings.Any(f => f.UsedWeakAlgorithm),
        };
        return Keep(revocation.Outcome switch { VerificationOutcome.Accepted => Rank.Accepted, VerificationOutcome.Refused => Rank.Revoked, _ => Rank.Undetermined }, decision);
    }

    /// <summary>Remembers the way that came furthest; always false, as no way that breaks is accepted.</summary>
    private bool Note(MedIdError error, TrustAnchor? anchor)
    {
        var rank = Rank.Of(error.Code, _path.Count);
        if (rank > _bestRank)
        {
            var trace = new PathTrace(_policy.Explain);
            var refusal = trace.Judge(error.Section, "path building", _path.Count - 1, error)!;
            Keep(rank, Decide(refusal, anchor, [.. _path], trace));
        }

        return false;
    }

    private bool Keep(int rank, PathDecision decision)
    {
        if (rank > _bestRank)
        {
            (_bestRank, _best) = (rank, decision);
        }

        return decision.Outcome == VerificationOutcome.Accepted;
    }

    private static PathDecision Decide(PathRefusal refusal, TrustAnchor? anchor, Certificate[] path, PathTrace? trace = null) => new()
    {
        Outcome = VerificationOutcome.Refused,
        Error = refusal.Error,
        RefusedCertificate = refusal.Certificate,
        Path = path,
        Anchor = anchor,
        Steps = trace?.Steps ?? [],
    };

    /// <summary>Nobody leads to an anchor: says how far the names lead, without verifying anything on the way; always false.</summary>
    private bool NoteMissing()
    {
        var length = _path.Count;
        while (_path.Count < _policy.MaxPathLength && _candidates.AnyIssuerOf(_path[^1]) is { } next && !StandsInPath(next))
        {
            _path.Add(next);
        }

        Note(
            _candidates.AnyIssuerOf(_path[^1]) is { } further && !StandsInPath(further)
                ? new(PkiErrorCodes.PathLimit, ErrorCategory.Policy, "RFC 5280 §6.1", $"no anchor within {_policy.MaxPathLength} certificates")
                : new(PkiErrorCodes.NoPath, ErrorCategory.Untrusted, "RFC 5280 §6.1.3 (a)(4)", "no anchor, and no certificate that leads to one, has the issuer's name"),
            null);
        _path.RemoveRange(length, _path.Count - length);
        return false;
    }

    private bool IsOver() => _isCut |= _context.Links.IsExhausted || _paths >= MaxPaths || _steps >= MaxSteps;

    private bool StandsInPath(Certificate candidate) => _path.Exists(certificate => certificate.SubjectPublicKeyInfo.Span.SequenceEqual(candidate.SubjectPublicKeyInfo.Span)
        && certificate.Subject.Equals(candidate.Subject));

    /// <summary>The certificate of an anchor adds nothing below it.</summary>
    private bool IsAnchor(Certificate candidate) => _anchors.Any(anchor => anchor.SubjectPublicKeyInfo.Span.SequenceEqual(candidate.SubjectPublicKeyInfo.Span)
        && anchor.Name.Equals(candidate.Subject));

    /// <summary>Which of several refusals tells most: the further a way came, the more; and that a certificate is revoked more than anything.</summary>
    private static class Rank
    {
        public const int Complete = 1000;
        public const int Undetermined = 1001;
        public const int Revoked = 1002;
        public const int Accepted = 1003;

        private const int Reasons = 4;

        public static int Of(string code, int length) => (Math.Min(length, 200) * Reasons) + code switch
        {
            PkiErrorCodes.AlgorithmNotAllowed => 3,
            PkiErrorCodes.Signature => 2,
            PkiErrorCodes.NoPath => 0,
            _ => 1,
        };
    }
}
