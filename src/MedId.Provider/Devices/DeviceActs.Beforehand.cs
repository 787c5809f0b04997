using System.Buffers.Text;
using System.Text;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;

namespace MedId.Provider;

/// <content>Acts that sign something else than one request: a consent given beforehand, the naming of an agent.</content>
public sealed partial class DeviceActs
{
    /// <summary>Takes the choice on a consent that is given beforehand and asks for the act that signs it.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="confirmed">Whether the person ticked the confirmation box.</param>
    /// <param name="granted">The scopes that the person kept.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act to perform; nothing is given yet.</returns>
    public async ValueTask<MedIdResult<ActRequest>> ChooseBeforehandAsync(
        string? deviceToken, string draftId, bool confirmed, IReadOnlyCollection<string> granted, CancellationToken cancellationToken = default)
    {
        if (_facets is null || _beforehand is null)
        {
            return _facets is null ? WithoutUaf() : Refuse(ProviderErrorCodes.StandingNotOffered, ErrorCategory.Unsupported);
        }

        var chosen = await _beforehand.ChooseAsync(deviceToken, draftId, confirmed, granted, cancellationToken).ConfigureAwait(false);
        if (!chosen.Succeeded)
        {
            return chosen.Error;
        }

        var nonce = SecretGenerator.Base64Url();
        var act = New(CeremonyKind.Standing, chosen.Value.AccountId, Challenge.Standing(nonce, chosen.Value.Digest), _time.GetUtcNow()) with
        {
            Transaction = ConsentDigest.StandingLine(chosen.Value.Draft.Composition.Kind, chosen.Value.Digest),
        };
        return await BeginAuthenticationAsync(chosen.Value.Of(act), nonce, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for the act by which the person names an agent.</summary>
    internal async ValueTask<MedIdResult<ActRequest>> BeginAppointmentAsync(ProxyRelation relation, string choice, string digest, CancellationToken cancellationToken)
    {
        var nonce = SecretGenerator.Base64Url();
        return await BeginAuthenticationAsync(
            New(CeremonyKind.Appoint, relation.Patient, Challenge.Consent(nonce, digest), _time.GetUtcNow()) with
            {
                RelationId = relation.Id,
                Transaction = ConsentDigest.TransactionLine(ProxyAppointments.LineName, bindingMessage: null, digest),
                Choice = choice,
                Digest = digest,
            },
            nonce,
            cancellationToken).ConfigureAwait(false);
    }
}
