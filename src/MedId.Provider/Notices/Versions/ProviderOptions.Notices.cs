using System.Text.Json;
using MedId.Consent;

namespace MedId.Provider;

/// <content>What is said about each recipient.</content>
public sealed partial class ProviderOptions
{
    /// <summary>What is said about recipients, in versions. A recipient that is not named has the OP's own texts only. A later version with a material change ends reuse until the person was asked again.</summary>
    public IList<RecipientNotice> Notices { get; } = [];

    /// <summary>The same, to be asked; made when it is first needed, after the options were validated.</summary>
    internal NoticeRegister NoticeRegister => field ??= new(Notices);

    private IEnumerable<(bool Holds, string Message)> NoticeRules()
    {
        foreach (var notice in Notices)
        {
            var name = $"Notices, {notice.ClientId} version {notice.Version}: ";
            yield return (notice.ClientId.Length > 0 && notice.Version >= 1, name + "a client id, and a version from 1 on.");
            yield return (notice.Controllers.Count > 0 && notice.Purposes.Count > 0 && notice.Data.Count > 0 && notice.Retention.Count > 0, name + "controllers, purposes, data and retention are named.");
            yield return (notice.Statements.All(static one => one.Ja.Length > 0 && one.En.Length > 0), name + "every statement has words in ja and en.");
            foreach (var statement in notice.Statements)
            {
                yield return (IsNoticeFact(statement.Fact), name + $"{statement.Fact} is no item of a notice.");
            }
        }

        foreach (var versions in Notices.GroupBy(static notice => notice.ClientId, StringComparer.Ordinal))
        {
            var rising = versions.Zip(versions.Skip(1), static (one, next) => one.Version < next.Version && one.PublishedAt <= next.PublishedAt).All(static rises => rises);
            yield return (rising, $"Notices, {versions.Key}: versions and times rise.");
        }
    }

    private static bool IsNoticeFact(string fact)
    {
        using var facts = JsonSerializer.SerializeToDocument(new Dictionary<string, bool>(StringComparer.Ordinal) { [fact] = true }, FactJsonContext.Default.DictionaryStringBoolean);
        return fact.StartsWith("notice_", StringComparison.Ordinal) && ConsentCaseJson.Read(facts.RootElement, new()).Succeeded;
    }
}
