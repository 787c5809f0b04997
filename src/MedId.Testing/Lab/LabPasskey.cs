using System.Text;
using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

/// <summary>The virtual FIDO2 authenticator and its browser, acting in the process of the OP by the OP's own services.</summary>
internal sealed class LabPasskey(bool synced, string origin, PasskeyActs acts) : LabAuthenticator
{
    private readonly VirtualFido2Authenticator _authenticator = new(new() { BackupEligible = synced, BackedUp = synced });
    private readonly VirtualFido2Client _client = new(origin);

    public override async ValueTask<MedIdResult<Unit>> EnrolAsync(string ticket, CancellationToken cancellationToken)
    {
        var act = await acts.BeginEnrolmentAsync(ticket, cancellationToken).ConfigureAwait(false);
        var enrolled = act.Succeeded
            ? await acts.CompleteEnrolmentAsync(act.Value.Id, Encoding.UTF8.GetBytes(_authenticator.Create(act.Value.PublicKey, _client)), ticket, cancellationToken).ConfigureAwait(false)
            : act.Error;
        return enrolled.Then<Unit>(_ => Unit.Value);
    }

    public override async ValueTask<MedIdResult<string>> OpenAsync(string requestId, CancellationToken cancellationToken)
    {
        var opened = await AnswerAsync(await acts.BeginOpenAsync(requestId, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return opened.Then<string>(outcome => outcome.DeviceToken!);
    }

    public override async ValueTask<MedIdResult<Unit>> ConsentAsync(string deviceToken, string requestId, IReadOnlyList<string> granted, CancellationToken cancellationToken)
    {
        var chosen = await acts.ChooseAsync(deviceToken, requestId, confirmed: true, granted, cancellationToken).ConfigureAwait(false);
        var given = await AnswerAsync(chosen, cancellationToken).ConfigureAwait(false);
        return given.Then<Unit>(_ => Unit.Value);
    }

    private async ValueTask<MedIdResult<PasskeyOutcome>> AnswerAsync(MedIdResult<PasskeyAct> act, CancellationToken cancellationToken) => act.Succeeded
        ? await acts.CompleteAsync(act.Value.Id, Encoding.UTF8.GetBytes(_authenticator.Get(act.Value.PublicKey, _client)), cancellationToken).ConfigureAwait(false)
        : act.Error;
}
