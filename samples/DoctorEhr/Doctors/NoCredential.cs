using MedId.OAuth;

namespace MedId.Samples.DoctorEhr;

/// <summary>For the sign-in form, which authenticates the doctor and no client.</summary>
internal sealed class NoCredential(string clientId) : IClientCredential
{
    public string ClientId { get; } = clientId;

    public ValueTask AuthenticateAsync(ClientRequest request, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
