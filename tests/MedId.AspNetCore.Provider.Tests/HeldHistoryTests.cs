using System.Text;
using System.Text.Json.Nodes;
using MedId.Consent;
using MedId.Core;
using MedId.Provider;
using MedId.Signatures;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>The patient holds what shows that the past was changed: over HTTP, with a database that somebody changes behind the OP's back.</summary>
public class HeldHistoryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task History_AfterAConsentAndARead_IsProvenByItsReceipt(bool sqlite)
    {
        var timestamps = new LabTimestamps();
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite, Timestamps = timestamps });
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);

        var (entries, receipt, answer) = await HeldAsync(world, phone);

        Assert.Equal("no-store", answer.CacheControl);
        Assert.False((bool)answer.Json["receipt_due"]!);
        Assert.Equal([ConsentEventKind.Asked, ConsentEventKind.Given, ConsentEventKind.Read], entries.Take(3).Select(entry => entry.Event.Kind));
        Assert.Equal("health-record-api", entries[2].Event.By);
        var report = LabTimestamps.Judge(entries, receipt);
        Assert.Equal((VerificationOutcome.Accepted, (MedIdError?)null), (report.Outcome, report.Error));
        Assert.Equal(entries.Count, report.Proven);

        // What the device signed is in the chain, and the patient's lines name their entries.
        var consent = (await phone.ConsentsAsync(Phone.Token(await phone.SignInAsync()))).Json["consents"]![0]!;
        Assert.Equal((string?)consent["digest"], entries[1].Event.ContentDigest);
        Assert.Equal((string?)consent["id"], entries[0].Event.ConsentId);
        Assert.Equal(2, (int)consent["events"]![0]!["entry"]!);

        // A receipt is asked for after a change, not after each look or read.
        var asked = timestamps.Asked;
        await world.IntrospectAsync(tokens["access_token"]);
        await HeldAsync(world, phone);
        Assert.Equal(asked, timestamps.Asked);
        Assert.Equal(204, (await phone.WithdrawAsync((string)consent["id"]!, Phone.Token(await phone.SignInAsync()))).Status);
        (entries, receipt, answer) = await HeldAsync(world, phone);
        Assert.Equal(asked + 1, timestamps.Asked);
        Assert.Equal(ConsentState.Withdrawn, LabTimestamps.Judge(entries, receipt).States[entries[0].Event.ConsentId]);
    }

    [Theory]
    [InlineData("rewritten", ConsentErrorCodes.HistoryRewritten)]
    [InlineData("rewritten-last", ConsentErrorCodes.HistoryForked)]
    [InlineData("dropped", ConsentErrorCodes.HistoryOrder)]
    [InlineData("reordered", ConsentErrorCodes.HistoryOrder)]
    [InlineData("truncated", ConsentErrorCodes.HistoryTruncated)]
    [InlineData("forked", ConsentErrorCodes.HistoryForked)]
    [InlineData("made-anew", ConsentErrorCodes.HistoryForeign)]
    public async Task Database_ChangedBehindTheOp_IsFoundByThePatientsReceipt(string how, string code)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = true, Timestamps = new LabTimestamps() });
        await using var _ = world;
        await phone.GrantAsync();
        await phone.GrantAsync();
        var (entries, held, _) = await HeldAsync(world, phone);
        Assert.Equal(VerificationOutcome.Accepted, LabTimestamps.Judge(entries, held).Outcome);

        Change(world, how, entries);

        var (now, _, _) = await HeldAsync(world, phone);
        var report = LabTimestamps.Judge(now, held);
        Assert.Equal((VerificationOutcome.Refused, code), (report.Outcome, report.Error?.Code));
        Assert.NotNull(report.At ?? (how == "made-anew" ? 1 : null));
    }

    [Fact]
    public async Task Database_ChangedThroughTheOpsOwnStatements_Refuses()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = true });
        await using var _ = world;
        await phone.GrantAsync();
        using var database = Open(world);
        foreach (var sql in (string[])["DELETE FROM history", "UPDATE history SET sequence=9", "DELETE FROM audit", "UPDATE audit SET at=0"])
        {
            using var command = database.CreateCommand();
            command.CommandText = sql;
            Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
        }
    }

    // A stamp over something else, and one of a stranger in the service's place, would end the asking and prove nothing to anybody.
    [Theory]
    [InlineData("silent")]
    [InlineData("rejects")]
    [InlineData("stamps another")]
    [InlineData("a stranger")]
    public async Task TimestampService_Down_BlocksNothingAndIsAskedAgain(string how)
    {
        var timestamps = new LabTimestamps { IsDown = how is "silent", Rejects = how is "rejects", StampsAnother = how is "stamps another", IsAStranger = how is "a stranger" };
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Timestamps = timestamps });
        await using var _ = world;
        await phone.GrantAsync();
        var (entries, receipt, answer) = await HeldAsync(world, phone);
        Assert.Null(receipt);
        Assert.True((bool)answer.Json["receipt_due"]!);
        Assert.Equal(204, (await phone.WithdrawAsync(entries[0].Event.ConsentId, Phone.Token(await phone.SignInAsync()))).Status);
        var receipts = world.Services.GetRequiredService<ConsentReceipts>();
        Assert.Equal(0, await receipts.StampDueAsync());

        (timestamps.IsDown, timestamps.Rejects, timestamps.StampsAnother, timestamps.IsAStranger) = (false, false, false, false);
        Assert.Equal(1, await receipts.StampDueAsync());

        (entries, receipt, answer) = await HeldAsync(world, phone);
        Assert.False((bool)answer.Json["receipt_due"]!);
        Assert.Equal(VerificationOutcome.Accepted, LabTimestamps.Judge(entries, receipt).Outcome);
        Assert.Equal(0, await receipts.StampDueAsync());
    }

    [Fact]
    public async Task TimestampService_None_HistoryIsGivenWithoutReceipt()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        await phone.GrantAsync();

        var (entries, receipt, answer) = await HeldAsync(world, phone);

        Assert.Equal((2, null, true), (entries.Count, receipt, (bool)answer.Json["receipt_due"]!));
        Assert.Equal(VerificationOutcome.Undetermined, LabTimestamps.Judge(entries, receipt).Outcome);
    }

    [Fact]
    public async Task History_WithoutTokenOrPlace_IsRefused()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        Assert.Equal((401, "provider.device_token_refused"), Said(await world.GetAsync("/device/consents/history")));
        var token = Phone.Token(await phone.SignInAsync());
        Assert.Equal((400, "provider.device_message_malformed"), Said(await world.GetAsync("/device/consents/history?from=0", token)));
        Assert.Equal((400, "provider.device_message_malformed"), Said(await world.GetAsync("/device/consents/history?from=-1", token)));
        Assert.Equal((400, "provider.device_message_malformed"), Said(await world.GetAsync("/device/consents/history?from=1&from=2", token)));
        await phone.GrantAsync();
        Assert.Single((await world.GetAsync("/device/consents/history?from=2", Phone.Token(await phone.SignInAsync()))).Json["entries"]!.AsArray());

        static (int Status, string? Code) Said(WireAnswer answer) => (answer.Status, answer.Code);
    }

    private static async Task<(IReadOnlyList<HistoryEntry> Entries, HistoryReceipt? Receipt, WireAnswer Answer)> HeldAsync(OpWorld world, Phone phone)
    {
        var answer = (await world.GetAsync("/device/consents/history", Phone.Token(await phone.SignInAsync()))).Expect(200);
        var lines = answer.Json["entries"]!.AsArray().Select(line => (string)line! + "\n");
        var receipt = (string?)answer.Json["receipt"] is { } text ? HistoryReceipt.Parse(Encoding.UTF8.GetBytes(text)).Value : null;
        return (MedId.Consent.ConsentHistory.Parse(Encoding.UTF8.GetBytes(string.Concat(lines))).Value!, receipt, answer);
    }

    private static SqliteConnection Open(OpWorld world)
    {
        var database = new SqliteConnection("Pooling=False;Data Source=" + Path.Combine(world.DatabaseFolder, "op.db"));
        database.Open();
        return database;
    }

    /// <summary>Who owns the database can do anything; only what the patient holds is out of reach.</summary>
    private static void Change(OpWorld world, string how, IReadOnlyList<HistoryEntry> entries)
    {
        List<HistoryEntry> changed = how switch
        {
            "rewritten" => [entries[0], entries[1] with { Event = entries[1].Event with { ContentDigest = new('A', 43) } }, .. entries.Skip(2)],
            "rewritten-last" => [.. entries.SkipLast(1), entries[^1] with { Event = entries[^1].Event with { ContentDigest = new('A', 43) } }],
            "dropped" => [entries[0], .. entries.Skip(2)],
            "reordered" => [entries[0], entries[2], entries[1], entries[3]],
            "truncated" => [.. entries.SkipLast(1)],
            "forked" => [.. Rebuild(new(entries[0].HistoryId, 0, null, null), entries, change: true)],
            "made-anew" => [.. Rebuild(MedId.Consent.ConsentHistory.Start(), entries, change: false)],
            _ => throw new ArgumentOutOfRangeException(nameof(how)),
        };
        using var database = Open(world);
        Run("DROP TRIGGER history_is_kept; DROP TRIGGER history_is_not_changed;");
        string tenant = TenantId.Single.Value, subject = "synthetic-account-a";
        Run("DELETE FROM history");
        for (var i = 0; i < changed.Count; i++)
        {
            using var insert = database.CreateCommand();
            insert.CommandText = "INSERT INTO history(tenant, subject, sequence, entry) VALUES($tenant, $subject, $sequence, $entry)";
            insert.Parameters.AddWithValue("$tenant", tenant);
            insert.Parameters.AddWithValue("$subject", subject);
            insert.Parameters.AddWithValue("$sequence", i + 1);
            insert.Parameters.AddWithValue("$entry", changed[i].ToBytes());
            Assert.Equal(1, insert.ExecuteNonQuery());
        }

        void Run(string sql)
        {
            using var command = database.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private static List<HistoryEntry> Rebuild(HistoryHead head, IReadOnlyList<HistoryEntry> entries, bool change)
    {
        var anew = new List<HistoryEntry>();
        foreach (var entry in entries)
        {
            anew.Add(head.Append(change && anew.Count == 1 ? entry.Event with { ContentDigest = new('A', 43) } : entry.Event).Value!);
            head = MedId.Consent.ConsentHistory.HeadAfter(anew[^1]);
        }

        return anew;
    }
}
