using MedId.Core;

namespace MedId.Fido2;

/// <summary>The outputs of a response, read; judged at §7.1 step 28 or §7.2 step 23.</summary>
internal readonly struct ExtensionReading
{
    private readonly List<string>? _malformed;
    private readonly bool _isUnreadable;
    private readonly bool _isRegistration;

    private ExtensionReading(bool isRegistration, ReadOnlyMemory<byte> ofClient, ReadOnlySpan<byte> ofAuthenticator)
    {
        _isRegistration = isRegistration;
        var client = ClientExtensionReader.Read(ofClient, isRegistration, out _malformed);
        var authenticator = AuthenticatorExtensionReader.Read(ofAuthenticator, isRegistration, out var malformed);
        _isUnreadable = client is null || authenticator is null;
        Client = client ?? ClientExtensionOutputs.None;
        Authenticator = authenticator ?? AuthenticatorExtensionOutputs.None;
        if (malformed is not null)
        {
            (_malformed ??= []).AddRange(malformed);
        }
    }

    public ClientExtensionOutputs Client { get; }

    public AuthenticatorExtensionOutputs Authenticator { get; }

    public static ExtensionReading Read(bool isRegistration, ReadOnlyMemory<byte> ofClient, AuthenticatorData data) => new(isRegistration, ofClient, data.Extensions.Span);

    /// <summary>What was asked has its form; what was not is passed over or refused, by policy. What did not answer is no error.</summary>
    public MedIdError? Judge(int step, CeremonyExpectations expected, ref StepTrace trace)
    {
        if (_isUnreadable)
        {
            return trace.Fail(step, Fido2ErrorCodes.ExtensionMalformed, ErrorCategory.Malformed, "not a map of extension identifiers");
        }

        if (Client.Identifiers.Count == 0 && Authenticator.Identifiers.Count == 0)
        {
            return null;
        }

        foreach (var name in _malformed ?? [])
        {
            if (IsRequested(expected, name))
            {
                return trace.Fail(step, Fido2ErrorCodes.ExtensionMalformed, ErrorCategory.Malformed);
            }
        }

        if (expected.UnsolicitedExtensions == UnsolicitedExtensions.Refuse)
        {
            foreach (var name in Client.Identifiers.Concat(Authenticator.Identifiers))
            {
                if (!IsRequested(expected, name))
                {
                    return trace.Fail(step, Fido2ErrorCodes.ExtensionUnsolicited, ErrorCategory.Policy);
                }
            }
        }

        trace.Pass(step);
        return null;
    }

    private bool IsRequested(CeremonyExpectations expected, string name) =>
        expected.RequestedExtensions.Contains(name, StringComparer.Ordinal)
        || (expected.AppId is not null && string.Equals(name, _isRegistration ? ExtensionNames.AppIdExclude : ExtensionNames.AppId, StringComparison.Ordinal));
}
