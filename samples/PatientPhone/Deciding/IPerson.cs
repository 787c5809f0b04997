namespace MedId.Samples.PatientPhone;

/// <summary>Who looks at the notice and decides: a person at the console, or a fixed answer.</summary>
internal interface IPerson
{
    Task<Decision> DecideAsync(Notice notice, CancellationToken cancellationToken);

    /// <summary>Shows what was opened without asking.</summary>
    void ShowTold(Notice notice, System.Text.Json.JsonElement told)
    {
    }

    /// <summary>Shows the line that is about to be signed, as the authenticator's display would.</summary>
    void ShowTransaction(string line);
}
