namespace MedId.Samples.IdentityProofing;

/// <summary>Runs scenarios, each in a world and a folder of its own.</summary>
internal static class ScenarioRunner
{
    /// <returns>Whether each ended as it has to.</returns>
    public static async Task<bool> RunAsync(ProofingArguments options, TextWriter output, CancellationToken cancellationToken)
    {
        var report = new Report(output, options.Json);
        var good = true;
        foreach (var scenario in options.Scenarios)
        {
            var folder = options.Keep is null ? Directory.CreateTempSubdirectory("medid-proofing-").FullName : Directory.CreateDirectory(Path.Combine(options.Keep, scenario.Name)).FullName;
            string? failure = null;
            report.Scenario(scenario);
            try
            {
                await using var walk = await Walk.StartAsync(folder, report, scenario.Standing, scenario.Freshness, cancellationToken);
                await scenario.RunAsync(walk);
            }
            catch (WalkFailedException failed)
            {
                failure = failed.Message;
            }
            finally
            {
                if (options.Keep is null)
                {
                    Directory.Delete(folder, recursive: true);
                }
            }

            report.End(scenario.Name, failure);
            good &= failure is null;
        }

        return good;
    }
}
