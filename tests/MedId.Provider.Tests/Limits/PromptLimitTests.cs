using MedId.Core;

namespace MedId.Provider.Tests;

public class PromptLimitTests
{
    [Fact]
    public async Task Open_PersonAskedTooOften_IsRefusedUntilTheWindowMovesOn()
    {
        var scene = await SceneAsync(limits => limits.RequestsOfPerson = 2);
        Assert.Null(await AskAsync(scene));
        scene.World.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Null(await AskAsync(scene));
        Assert.Equal(ProviderErrorCodes.AskedTooOften, await AskAsync(scene));
        scene.World.Time.Advance(TimeSpan.FromMinutes(6) - TimeSpan.FromTicks(1));
        Assert.Equal(ProviderErrorCodes.AskedTooOften, await AskAsync(scene));
        scene.World.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await AskAsync(scene));
    }

    [Fact]
    public async Task Open_OneClientAsksOnePersonTooOften_IsRefused()
    {
        var scene = await SceneAsync(limits => limits.RequestsOfClientAndPerson = 1);
        Assert.Null(await AskAsync(scene));
        Assert.Equal(ProviderErrorCodes.AskedTooOften, await AskAsync(scene));
    }

    [Fact]
    public async Task Open_ClinicAsksTooOften_IsRefusedByWhicheverClient()
    {
        var scene = await SceneAsync(limits => limits.RequestsOfClinic = 1);
        Assert.Null(await AskAsync(scene));
        Assert.Equal(ProviderErrorCodes.ClinicAsksTooOften, await AskAsync(scene));
        Assert.Null(await AskAsync(scene, organization: "another-clinic"));
    }

    [Fact]
    public async Task Open_ClientAsksTooOften_IsRefused()
    {
        var scene = await SceneAsync(limits => limits.RequestsOfClient = 1);
        Assert.Null(await AskAsync(scene));
        Assert.Equal(ProviderErrorCodes.ClientAsksTooOften, await AskAsync(scene, organization: "another-clinic"));
    }

    [Fact]
    public async Task Open_RefusedForWhoeverAsks_UsesUpNothingOfThePerson()
    {
        var scene = await SceneAsync(limits => (limits.RequestsOfPerson, limits.RequestsOfClinic) = (2, 1));
        Assert.Null(await AskAsync(scene));
        for (var request = 0; request < 3; request++)
        {
            Assert.Equal(ProviderErrorCodes.ClinicAsksTooOften, await AskAsync(scene));
        }

        Assert.Null(await AskAsync(scene, organization: "another-clinic"));
        Assert.Equal(ProviderErrorCodes.AskedTooOften, await AskAsync(scene, organization: "a-third-clinic"));
    }

    [Fact]
    public async Task Open_PersonSaidNo_TheClientDoesNotAskAgainAtOnce()
    {
        var scene = await SceneAsync(limits => limits.DenialWeight = 0);
        await DenyAsync(scene);
        Assert.Equal(ProviderErrorCodes.DeniedRecently, await AskAsync(scene));
        scene.World.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Equal(ProviderErrorCodes.DeniedRecently, await AskAsync(scene));
        scene.World.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await AskAsync(scene));
    }

    [Fact]
    public async Task Open_AfterANo_LessIsLeftThanAfterAYes()
    {
        var denied = await SceneAsync(limits => (limits.RequestsOfPerson, limits.DenialCoolDown, limits.DenialWeight) = (4, TimeSpan.Zero, 2));
        await DenyAsync(denied);
        Assert.Null(await AskAsync(denied));
        Assert.Equal(ProviderErrorCodes.AskedTooOften, await AskAsync(denied));

        var agreed = await SceneAsync(limits => limits.RequestsOfPerson = 4);
        await agreed.World.ConsentAsync(await agreed.World.OpenRequestAsync());
        for (var request = 2; request <= 4; request++)
        {
            Assert.Null(await AskAsync(agreed));
        }

        Assert.Equal(ProviderErrorCodes.AskedTooOften, await AskAsync(agreed));
    }

    [Fact]
    public async Task Open_Refused_BurnsNoEvidence()
    {
        var scene = await SceneAsync(limits => limits.RequestsOfPerson = 1);
        Assert.Null(await AskAsync(scene));
        var evidence = await scene.World.EvidenceAsync();
        var refusal = (await scene.Opener.OpenAsync(scene.World.Validated(evidence))).Refusal!;
        Assert.Equal((ProviderErrorCodes.AskedTooOften, "access_denied", 403), (refusal.Error.Code, refusal.WireError, refusal.Status));
        scene.World.Options.Limits.Lift();
        Assert.Null((await scene.Opener.OpenAsync(scene.World.Validated(evidence))).Refusal);
    }

    [Fact]
    public async Task Open_LimitsLifted_NothingIsCounted()
    {
        var scene = await SceneAsync(limits => limits.Lift());
        await DenyAsync(scene);
        for (var request = 0; request < 20; request++)
        {
            Assert.Null(await AskAsync(scene));
        }
    }

    [Fact]
    public void Buckets_NameNobody()
    {
        string[] buckets = [Buckets.Person("marked"), Buckets.ClientAndPerson("marked", "a"), Buckets.Client("marked"), Buckets.Clinic("marked"), Buckets.Denied("marked", "a"), Buckets.FailuresOf("marked"), Buckets.FailuresAt("marked"), Buckets.FailuresOfAt("marked", "a")];
        Assert.Equal(buckets.Length, buckets.Distinct(StringComparer.Ordinal).Count());
        Assert.All(buckets, bucket =>
        {
            Assert.DoesNotContain("marked", bucket, StringComparison.Ordinal);
            Assert.InRange(bucket.Length, 20, 128);
        });
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Options_OneMistake_IsNamed(string name, Action<LimitOptions> mistake)
    {
        var options = new LimitOptions();
        Assert.All(options.Rules(), rule => Assert.True(rule.Holds));
        mistake(options);
        Assert.Contains(name, Assert.Single(options.Rules(), rule => !rule.Holds).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<LimitOptions>> Mistakes() => new()
    {
        { "Window", limits => limits.Window = TimeSpan.Zero },
        { "FailureWindow", limits => limits.FailureWindow = TimeSpan.FromDays(2) },
        { "at least 1", limits => limits.RequestsOfPerson = 0 },
        { "at least 1", limits => limits.FailuresOfAddress = 0 },
        { "DenialCoolDown", limits => limits.DenialCoolDown = TimeSpan.FromTicks(-1) },
        { "DenialWeight", limits => limits.DenialWeight = 101 },
    };

    private static Task<OutboxScene> SceneAsync(Action<LimitOptions> limits) => OutboxScene.WithPhonesAsync(phones: 1, options => limits(options.Limits));

    private static async Task<string?> AskAsync(OutboxScene scene, string? organization = null)
    {
        var evidence = await scene.World.EvidenceAsync(claims =>
        {
            if (organization is not null)
            {
                claims["extensions"]!["ihe_iua"]!["subject_organization_id"] = organization;
            }
        });
        return (await scene.Opener.OpenAsync(scene.World.Validated(evidence))).Refusal?.Error.Code;
    }

    private static async Task DenyAsync(OutboxScene scene)
    {
        var request = await scene.World.OpenRequestAsync();
        Assert.Null((await scene.World.Requests.DenyAsync(await scene.World.ProveAsync(request.Id), request.Id)).Error);
    }
}
