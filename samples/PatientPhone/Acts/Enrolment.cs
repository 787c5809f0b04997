using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.Samples.Hosting;

namespace MedId.Samples.PatientPhone;

/// <summary>Step 0: the ticket, the key and the push address in one act.</summary>
internal sealed class Enrolment(OpClient op, PhoneAuthenticator authenticator, Misbehaviour misbehaviour, StepReporter steps)
{
    /// <returns>The account handle; null when refused, which was reported.</returns>
    public async Task<string?> RunAsync(string ticket, string pushAddress, CancellationToken cancellationToken)
    {
        var step = steps.Begin(0, "enrols key and push address with the ticket").Sent("op", "Reg").Sent("ticket", "a ticket").Sent("push_address", pushAddress);
        try
        {
            if (misbehaviour != Misbehaviour.ForeignApp)
            {
                CheckFacets(await op.GetFacetsAsync(cancellationToken));
                step.Checked("the OP's facet list names this app");
            }

            var offer = await op.RequestUafAsync(UafOperation.Registration, new JsonObject { ["ticket"] = ticket, ["push_address"] = pushAddress }, cancellationToken);
            offer.Recognise("Reg", op.AppId, Labels.Enrol(offer.Nonce, ticket, pushAddress), transaction: null);
            step.Checked("the challenge is the hash of nonce, ticket and push address");
            var response = authenticator.Register(offer.UafRequest);
            var shown = misbehaviour == Misbehaviour.ForeignTicket ? SecretGenerator.Base64Url() : ticket;
            var handle = await op.RespondUafAsync(response, new JsonObject { ["ticket"] = shown }, cancellationToken) ?? throw new PhoneRefusedException(PhoneErrorCodes.AnswerMalformed);
            step.Sent("aaid", authenticator.Aaid).Checked("the OP took key and address and gave an account handle").Done();
            return handle;
        }
        catch (PhoneRefusedException refused)
        {
            step.Refused(refused.Code);
            return null;
        }
    }

    private void CheckFacets(byte[] list)
    {
        var facets = OpClient.Read(list).Items("trustedFacets").SelectMany(entry => entry.Items("ids"));
        if (!facets.Any(id => id.ValueKind == System.Text.Json.JsonValueKind.String && id.GetString() == authenticator.FacetId))
        {
            throw new PhoneRefusedException(PhoneErrorCodes.FacetNotListed);
        }
    }
}
