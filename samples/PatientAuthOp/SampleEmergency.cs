using MedId.AspNetCore.Provider;
using MedId.Provider;
using MedId.Samples.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.PatientAuthOp;

/// <summary>Breaking the glass in this sample: physicians of the doctor OP, two reasons, everything of the record, a quarter of an hour.</summary>
internal sealed class SampleEmergency(StepReporter steps) : IBreakGlassObserver
{
    public static void Add(MedIdProviderBuilder provider, string client) => provider.AddBreakGlass(
        options =>
        {
            options.Clients.Add(client);
            options.Roles.Add(new("https://medidsdk.example/sample/role", "physician"));
            options.Reasons.Add(new("unconscious", "本人の意識がなく、同意を得られません", "The person is unconscious and cannot agree"));
            options.Reasons.Add(new("life-at-risk", "生命に危険があり、同意を待てません", "Life is at risk and agreement cannot be waited for"));
            options.Scopes.Add("patient/*.read");
            options.JapaneseLegalBasis = "運営者の規程による（見本）。個人情報保護法第27条第1項第2号に当たるかは運営者が判断します。";
            options.EnglishLegalBasis = "By the operator's rules (sample). Whether APPI article 27(1)(ii) applies is the operator's judgement.";
        },
        services => new SampleEmergency(services.GetRequiredService<StepReporter>()));

    public ValueTask GlassBrokenAsync(BrokenGlass broken, CancellationToken cancellationToken = default)
    {
        // The sample's overseer is its log; a hospital's is a person with a duty.
        steps.Begin(4, "the overseer is told that the glass was broken")
            .Sent("consent", broken.Consent.Id).Sent("reason_code", broken.Consent.Ground?.ReasonCode).Sent("client", broken.Consent.Recipient.ClientId)
            .Checked("recorded before anybody could fetch a token").Done();
        return ValueTask.CompletedTask;
    }
}
