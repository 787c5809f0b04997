using MedId.AspNetCore.RelyingParty;
using MedId.Ciba.Client;

namespace MedId.Samples.DoctorEhr;

/// <summary>Gives up what runs when a person takes their consent to process back: tokens go back to the OP, what was read is no longer shown.</summary>
internal sealed class RunningAccesses(AccessBook book, CibaService ciba) : IRunningAccesses
{
    public async ValueTask GiveUpAsync(ProcessingConsent ended, CancellationToken cancellationToken = default)
    {
        foreach (var access in book.Under(ended.Id))
        {
            if (access.GiveUp(CibaClientErrorCodes.ProcessingConsentWithdrawn) is { } tokens)
            {
                await ciba.RevokeAsync(tokens, cancellationToken);
            }
        }
    }
}
