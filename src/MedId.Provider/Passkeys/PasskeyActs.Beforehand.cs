using System.Buffers.Text;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido2;

namespace MedId.Provider;

/// <content>Consents given beforehand.</content>
public sealed partial class PasskeyActs
{
    /// <summary>Takes the choice on a consent that is given beforehand and asks for the act that signs it.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="confirmed">Whether the person ticked the confirmation box.</param>
    /// <param name="granted">The scopes that the person kept.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act; nothing is given yet.</returns>
    public async ValueTask<MedIdResult<PasskeyAct>> ChooseBeforehandAsync(
        string? deviceToken, string draftId, bool confirmed, IReadOnlyCollection<string> granted, CancellationToken cancellationToken = default)
    {
        if (_beforehand is null)
        {
            return Refuse(ProviderErrorCodes.StandingNotOffered, ErrorCategory.Unsupported);
        }

        var chosen = await _beforehand.ChooseAsync(deviceToken, draftId, confirmed, granted, cancellationToken).ConfigureAwait(false);
        if (!chosen.Succeeded)
        {
            return chosen.Error;
        }

        var now = _time.GetUtcNow();
        var nonce = SecretGenerator.Base64Url();
        var act = New(CeremonyKind.Standing, chosen.Value.AccountId, nonce, Challenge.Standing(nonce, chosen.Value.Digest), now);
        return await BeginForAsync(chosen.Value.Of(act), [chosen.Value.AccountId], now, cancellationToken).ConfigureAwait(false);
    }
}
