using MedId.Core;

namespace MedId.House.Tests.Snippets;

internal static class Core
{
    public static MedIdResult<DateTimeOffset> ReadTicket(string ticket, DateTimeOffset now)
    {
        #region Core_Result
        // Refusals are values: a stable code, the section that asks for it, a detail that is safe to log.
        if (!DateTimeOffset.TryParseExact(ticket, "O", null, default, out var expires))
        {
            return new MedIdError("ticket.malformed", ErrorCategory.Malformed, "Clinic handbook 3.1");
        }

        if (expires <= now)
        {
            return new MedIdError("ticket.expired", ErrorCategory.State, "Clinic handbook 3.2");
        }

        return expires;
        #endregion
    }

    public static string? Acr(AuthenticatorFacts facts)
    {
        #region Core_Acr
        var table = new AcrTable(
        [
            new AcrRequirement
            {
                Acr = "https://clinic.example/acr/fido",
                Edition = AssuranceEdition.Nist80063Rev4,
                MinimumAal = AuthenticatorAssuranceLevel.Aal2,
                Protocols = ["fido-uaf"],
            },
        ]);

        // What was asked for, in the order of the relying party, against what a verifier has seen.
        AcrDecision? decision = table.Decide(["https://clinic.example/acr/fido"], "fido-uaf", facts);
        Console.WriteLine(decision is null ? "not satisfied" : $"{decision.Acr}: {decision.Aal.Level}, {decision.Aal.Reason}");
        #endregion
        return decision?.Acr;
    }
}
