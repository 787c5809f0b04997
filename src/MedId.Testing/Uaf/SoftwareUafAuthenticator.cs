using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace MedId.Testing;

/// <summary>
/// UAF client, ASM and authenticator in one, in memory: answers request messages as a phone would, or misbehaves by name. For tests and samples; its keys are not protected.
/// </summary>
/// <remarks>It writes messages and TLV with code of its own, so that a mistake of the verifier is not repeated here. Not safe for use from several threads.</remarks>
public sealed class SoftwareUafAuthenticator
{
    private readonly List<SoftwareUafKey> _keys = [];

    /// <summary>An authenticator of a model, without keys.</summary>
    /// <param name="model">The model.</param>
    public SoftwareUafAuthenticator(SoftwareUafModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
    }

    /// <summary>The model.</summary>
    public SoftwareUafModel Model { get; }

    /// <summary>The signature counter, one for all keys.</summary>
    public uint SignCounter { get; private set; }

    /// <summary>The registration counter.</summary>
    public uint RegistrationCounter { get; private set; }

    /// <summary>The KeyIDs held, base64url, oldest first.</summary>
    public IReadOnlyList<string> KeyIds => [.. _keys.Select(key => SoftwareUafModel.Text(key.KeyId))];

    /// <summary>Reads what <see cref="Export"/> wrote.</summary>
    /// <param name="json">The JSON object.</param>
    /// <exception cref="ArgumentException">Not such an object.</exception>
    public static SoftwareUafAuthenticator Import(string json)
    {
        var members = JsonNode.Parse(json)?.AsObject() ?? throw new ArgumentException("Not an exported authenticator.", nameof(json));
        var authenticator = new SoftwareUafAuthenticator(SoftwareUafState.ReadModel(members["model"]!.AsObject()))
        {
            SignCounter = (uint)members["signCounter"]!,
            RegistrationCounter = (uint)members["registrationCounter"]!,
        };
        authenticator._keys.AddRange(SoftwareUafState.ReadKeys(members["keys"], authenticator.Model.Options.Algorithm));
        return authenticator;
    }

    /// <summary>Model, keys and counters as JSON: private keys in the clear.</summary>
    public string Export() => new JsonObject
    {
        ["model"] = SoftwareUafState.WriteModel(Model),
        ["signCounter"] = SignCounter,
        ["registrationCounter"] = RegistrationCounter,
        ["keys"] = SoftwareUafState.WriteKeys(_keys),
    }.ToJsonString();

    /// <summary>Makes a key and answers a registration request.</summary>
    /// <param name="requestJson">The request message (member <c>uafRequest</c> of the transport).</param>
    /// <param name="facetId">The app that asks.</param>
    /// <param name="fault">How to misbehave.</param>
    /// <returns>The response message (member <c>uafResponse</c> of the transport).</returns>
    /// <exception cref="ArgumentException">The request is none that this emulator can answer.</exception>
    public string Register(string requestJson, string facetId, UafFault fault = UafFault.None)
    {
        var request = SoftwareUafRequest.Read(requestJson, "Reg", facetId);
        var key = new SoftwareUafKey(
            request.AppId,
            (string)request.Members["username"]!,
            RandomNumberGenerator.GetBytes(fault switch { UafFault.ShortKeyId => 15, UafFault.LongKeyId => 33, _ => Model.Options.KeyIdBytes }),
            SoftwareUafPrivateKey.Create(Model.Options.Algorithm));
        if (Model.Options.HasCounters)
        {
            RegistrationCounter++;
        }

        var fcParams = SoftwareUafMessages.FinalChallengeParams(request, fault);
        var assertion = SoftwareUafAssertions.Registration(Model, key, fcParams, SignCounter, RegistrationCounter, fault);
        _keys.Add(key);
        return SoftwareUafMessages.Response(request, fcParams, assertion, fault);
    }

    /// <summary>Answers an authentication request with one of the keys, and confirms its transaction where there is one.</summary>
    /// <param name="requestJson">The request message (member <c>uafRequest</c> of the transport).</param>
    /// <param name="facetId">The app that asks.</param>
    /// <param name="fault">How to misbehave.</param>
    /// <returns>The response message (member <c>uafResponse</c> of the transport).</returns>
    /// <exception cref="ArgumentException">The request is none that this emulator can answer.</exception>
    /// <exception cref="InvalidOperationException">No key fits the request.</exception>
    public string Authenticate(string requestJson, string facetId, UafFault fault = UafFault.None)
    {
        var request = SoftwareUafRequest.Read(requestJson, "Auth", facetId);
        var key = Choose(request);
        if (fault == UafFault.KeyOfOtherAccount)
        {
            key = _keys.Find(other => other.Username != key.Username) ?? throw new InvalidOperationException("There is no key of another account.");
        }

        if (Model.Options.HasCounters && fault != UafFault.OldCounter)
        {
            SignCounter++;
        }

        var fcParams = SoftwareUafMessages.FinalChallengeParams(request, fault);
        var counter = fault == UafFault.CounterReset ? 0 : SignCounter;
        var assertion = SoftwareUafAssertions.Authentication(Model, key, fcParams, counter, request.Transaction, fault);
        return SoftwareUafMessages.Response(request, fcParams, assertion, fault);
    }

    /// <summary>Forgets the keys that a deregistration request names.</summary>
    /// <param name="requestJson">The request message.</param>
    /// <exception cref="ArgumentException">The request is none that this emulator can answer.</exception>
    public void Deregister(string requestJson)
    {
        var request = SoftwareUafRequest.Read(requestJson, "Dereg", string.Empty);
        foreach (var entry in request.Members["authenticators"]!.AsArray())
        {
            var (aaid, keyId) = ((string)entry!["aaid"]!, (string)entry["keyID"]!);
            if (aaid.Length == 0 || string.Equals(aaid, Model.Options.Aaid, StringComparison.OrdinalIgnoreCase))
            {
                _keys.RemoveAll(key => key.AppId == request.AppId && (keyId.Length == 0 || SoftwareUafModel.Text(key.KeyId) == keyId));
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"SoftwareUafAuthenticator {Model.Options.Aaid}, {_keys.Count} keys";

    private SoftwareUafKey Choose(SoftwareUafRequest request)
    {
        var named = request.AcceptedKeyIds(Model.Options.Aaid);
        return _keys.FindLast(key => key.AppId == request.AppId && (named.Count == 0 || named.Contains(SoftwareUafModel.Text(key.KeyId))))
            ?? throw new InvalidOperationException("The authenticator holds no key that the request accepts.");
    }
}
