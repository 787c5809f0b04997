using System.Text.Json.Nodes;
using MedId.Samples.Hosting;
using MedId.Testing;

namespace MedId.Samples.PatientPhone;

/// <summary>The phone's UAF authenticator: an emulator, whose state is written before anything that it signed leaves, so that no counter value is used twice.</summary>
internal sealed class PhoneAuthenticator
{
    private readonly SoftwareUafAuthenticator _emulator;
    private readonly PhoneState _state;
    private readonly Lock _gate = new();

    /// <param name="state">What was kept from before.</param>
    /// <param name="modelFile">The model, as <see cref="SoftwareUafModel.Export"/> wrote it; null: a model of its own without attestation certificate.</param>
    /// <param name="foreignApp">Whether another app than the OP's asks.</param>
    public PhoneAuthenticator(PhoneState state, string? modelFile, bool foreignApp)
    {
        _state = state;
        _emulator = state.Authenticator is { } kept ? SoftwareUafAuthenticator.Import(kept.ToJsonString())
            : new SoftwareUafAuthenticator(modelFile is null
                ? SoftwareUafModel.Create(new SoftwareUafModelOptions { Attestation = SoftwareUafAttestation.Surrogate })
                : SoftwareUafModel.Import(File.ReadAllText(modelFile)));
        FacetId = foreignApp ? SamplePhoneApp.ForeignFacetId : SamplePhoneApp.FacetId;
    }

    public string FacetId { get; }

    public string Aaid => _emulator.Model.Options.Aaid;

    public string Register(string uafRequest) => Act(() => _emulator.Register(uafRequest, FacetId));

    public string Sign(string uafRequest) => Act(() => _emulator.Authenticate(uafRequest, FacetId));

    /// <summary>Keeps the account handle of an enrolment.</summary>
    public void Save(string account)
    {
        lock (_gate)
        {
            _state.Save(Export(), account);
        }
    }

    private string Act(Func<string> act)
    {
        lock (_gate)
        {
            try
            {
                var response = act();
                _state.Save(Export(), null);
                return response;
            }
            catch (Exception refused) when (refused is ArgumentException or InvalidOperationException)
            {
                throw new PhoneRefusedException(PhoneErrorCodes.AuthenticatorRefused);
            }
        }
    }

    private JsonObject Export() => JsonNode.Parse(_emulator.Export())!.AsObject();
}
