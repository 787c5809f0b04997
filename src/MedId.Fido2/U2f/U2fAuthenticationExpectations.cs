using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>What a U2F authentication is held against.</summary>
public sealed record U2fAuthenticationExpectations : U2fExpectations
{
    /// <summary>The registration that the account holds.</summary>
    public required U2fRegistration Registration { get; init; }

    /// <summary>Whether somebody has to have been present; true by default.</summary>
    public bool RequireUserPresence { get; init; } = true;

    /// <summary>What becomes of a counter that did not advance; reported by default.</summary>
    public CounterPolicy Counter { get; init; } = CounterPolicy.Report;

    /// <summary>Which algorithms may sign; <see cref="SignatureUse.WebAuthnAssertion"/> is asked. U2F knows one: ECDSA on P-256.</summary>
    public AlgorithmPolicy Algorithms { get; init; } = AlgorithmPolicy.Default;

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }
}
