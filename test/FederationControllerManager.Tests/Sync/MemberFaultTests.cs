using KubeFed.FederationApis;
using KubeFed.FederationApis.Types.V1Beta1;
using KubeFed.FederationControllerManager.Tests.Fakes;

namespace KubeFed.FederationControllerManager.Tests.Sync;

/// <summary>A member that breaks in some way costs its own entry only, and is in order when it is mended.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class MemberFaultTests
{
    private const string Everywhere = """{"template":{"data":{"k":"v"}}}""";

    [Test]
    public async Task Stalled_OtherClustersGoOn_AndTheStatusSaysSo()
    {
        await using var federation = await Start();
        using (federation.Members["c2"].Faults.Stall())
        {
            federation.Write("a", Everywhere);
            await federation.Until(() => federation.StatusIn("c1", "a") == "", "c1 has it");
            await federation.Until(() => federation.StatusIn("c2", "a") == PropagationStatus.CreationTimedOut, "c2 has not answered");
            Assert.That(federation.Events.Reasons("a"), Does.Contain(EventReasons.OperationTimeoutError));
        }

        await federation.UntilInOrder("a");
    }

    [Test]
    public async Task Stalled_ManyObjects_AreBoundedInTheMember()
    {
        await using var federation = await Start();
        federation.Dispatch = federation.Dispatch with { InitialConcurrency = 4 };
        await federation.StopAsync();
        await federation.StartAsync();
        using (federation.Members["c2"].Faults.Stall())
        {
            for (var i = 0; i < 40; i++)
            {
                federation.Write($"a{i}", Everywhere);
            }

            for (var i = 0; i < 40; i++)
            {
                await federation.Until(() => federation.Copy("c1", $"a{i}") is not null, "c1 has all");
            }

            Assert.That(federation.Members["c2"].Faults.MostUnderWay, Is.LessThanOrEqualTo(6), "writes, and the lists of two informers");
        }

        for (var i = 0; i < 40; i++)
        {
            await federation.UntilInOrder($"a{i}");
        }
    }

    [Test]
    public async Task Slow_IsInOrderInTheEnd_WithoutFurtherWrites()
    {
        await using var federation = await Start();
        federation.Members["c2"].Faults.Latency = TimeSpan.FromSeconds(2);
        federation.Write("a", Everywhere);

        await federation.UntilInOrder("a");
        Assert.That(federation.Members["c2"].WritesTo("ns/a"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task LostAnswer_WriteWasDone_IsFoundWithoutADuplicate()
    {
        await using var federation = await Start();
        federation.Members["c2"].Faults.LoseAnswers(1);
        federation.Write("a", Everywhere);

        await federation.UntilInOrder("a");
        Assert.That(federation.Members["c2"].WritesTo("ns/a"), Has.Length.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task LostAnswerThenDeletion_CopyIsNotForgotten()
    {
        await using var federation = await Start();
        federation.Members["c2"].Faults.LoseAnswers(1);
        federation.Write("a", Everywhere);
        await federation.Until(() => federation.Copy("c2", "a") is not null, "c2 has it");
        federation.Delete("a");

        await federation.Until(() => federation.Federated("a") is null, "the federated object is gone");
        Assert.That(federation.Copy("c2", "a"), Is.Null);
    }

    [Test]
    public async Task Throttled_IsWaitedOut_AndNoFailureIsTold()
    {
        await using var federation = await Start();
        var c2 = federation.Members["c2"];
        c2.Faults.RefuseWith((verb, _) => verb == "apply" && c2.Faults.Refusals < 3 ? FakeErrors.TooMany(1) : null);
        federation.Write("a", Everywhere);

        await federation.UntilInOrder("a");
        Assert.Multiple(() =>
        {
            Assert.That(c2.Faults.Refusals, Is.EqualTo(3));
            Assert.That(federation.Events.Reasons("a"), Is.All.EqualTo(EventReasons.CreateInCluster).Or.EqualTo(EventReasons.OperationTimeoutError));
        });
    }

    [Test]
    public async Task Error500_IsRetriedWithBackoff()
    {
        await using var federation = await Start();
        var c2 = federation.Members["c2"];
        c2.Faults.RefuseWith((verb, _) => verb == "apply" && c2.Faults.Refusals < 4 ? FakeErrors.Internal() : null);
        federation.Write("a", Everywhere);

        await federation.Until(() => federation.StatusIn("c1", "a") == "", "c1 has it");
        await federation.UntilInOrder("a");
        Assert.That(c2.WritesTo("ns/a"), Has.Length.EqualTo(5));
    }

    [Test]
    public async Task Refused_TheClustersOwnWordsAreInTheStatus_UntilTheObjectChanges()
    {
        await using var federation = await Start();
        federation.Members["c2"].Faults.RefuseWith((verb, _) => verb == "apply" ? FakeErrors.Forbidden() : null);
        federation.Write("a", Everywhere);
        await federation.Until(() => federation.StatusIn("c2", "a") == PropagationStatus.CreationFailed, "c2 refuses");
        Assert.That(federation.StatusOf("a").Clusters.Single(c => c.Name == "c2").Message, Does.Contain("no such right"));

        federation.Members["c2"].Faults.RefuseNothing();
        federation.Write("a", """{"template":{"data":{"k":"w"}}}""");
        await federation.UntilInOrder("a");
    }

    [Test]
    public async Task Down_ThenBack_CatchesUp()
    {
        await using var federation = await Start();
        federation.Write("a", Everywhere);
        await federation.UntilInOrder("a");
        federation.SetDown("c2", down: true);
        await federation.Until(() => federation.StatusIn("c2", "a") == PropagationStatus.ClusterNotReady, "the status says so");
        federation.Write("a", """{"template":{"data":{"k":"w"}}}""");
        await federation.Until(() => federation.Copy("c1", "a")!.GetString("data", "k") == "w", "c1 has the change");

        federation.SetDown("c2", down: false);
        await federation.UntilInOrder("a");
        Assert.That(federation.Copy("c2", "a")!.GetString("data", "k"), Is.EqualTo("w"));
    }

    [Test]
    public async Task Down_HealthNotKnownYet_RequestsAreHeldBack()
    {
        await using var federation = await Start();
        federation.Members["c2"].Faults.IsDown = true;
        for (var i = 0; i < 30; i++)
        {
            federation.Write($"a{i}", Everywhere);
        }

        await federation.Until(() => federation.DispatcherOf("c2").Obstacle is not null, "the circuit opens");
        await federation.Until(() => federation.StatusIn("c1", "a29") == "", "c1 has all");
        federation.Members["c2"].Faults.IsDown = false;
        for (var i = 0; i < 30; i++)
        {
            await federation.UntilInOrder($"a{i}");
        }
    }

    [Test]
    public async Task Watch_VersionGone_ListsAnewAndWritesNothing()
    {
        await using var federation = await Start();
        federation.Write("a", Everywhere);
        await federation.UntilInOrder("a");
        federation.Members["c1"].Expire();
        federation.Host.Expire();

        await federation.Settle();
        Assert.That(federation.Members["c1"].WritesTo("ns/a"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Watch_RefusedAfterItsFirstList_IsReportedAndComesBack()
    {
        await using var federation = await Start();
        federation.Write("a", Everywhere);
        await federation.UntilInOrder("a");
        federation.Members["c2"].Faults.RefuseWith((verb, _) => verb is "list" or "watch" ? FakeErrors.Forbidden() : null);
        federation.Members["c2"].CutWatches();

        await federation.Until(() => federation.StatusIn("c2", "a") == PropagationStatus.CachedRetrievalFailed, "c2 reports it");
        Assert.That(federation.StatusIn("c1", "a"), Is.Empty);
        federation.Members["c2"].Faults.RefuseNothing();
        await federation.UntilInOrder("a");
    }

    [Test]
    public async Task Wiped_ObjectsComeBack()
    {
        await using var federation = await Start();
        federation.Write("a", Everywhere);
        await federation.UntilInOrder("a");
        federation.Members["c2"].Remove(Federation.ConfigMaps.Target, federation.Key("a"));
        federation.Members["c2"].Expire();

        await federation.Until(() => federation.Copy("c2", "a") is not null, "the copy is made anew");
    }

    [Test]
    public async Task CreatedChangedAndDeleted_WhileTheFirstRequestIsUnderWay_NothingIsLeftBehind()
    {
        await using var federation = await Start();
        using (federation.Members["c2"].Faults.Stall())
        {
            federation.Write("a", Everywhere);
            await federation.Until(() => federation.Members["c2"].Faults.UnderWay > 0, "the create is under way");
            federation.Write("a", """{"template":{"data":{"k":"w"}}}""");
            await federation.Until(() => federation.Copy("c1", "a")?.GetString("data", "k") == "w", "the change is handed out");
            federation.Delete("a");
            await federation.Until(() => federation.Copy("c1", "a") is null, "c1 has done it");
        }

        await federation.Until(() => federation.Federated("a") is null, "the federated object is gone");
        await federation.Settle();
        Assert.That(federation.Copy("c2", "a"), Is.Null);
    }

    [Test]
    public async Task ManagedLabel_TakenAwayByAWebhook_IsToldAndTriedAgainSeldom()
    {
        await using var federation = await Start();
        var c2 = federation.Members["c2"];
        c2.Webhook = static (name, tree) => _ = name == "a" && tree["metadata"]!["labels"]!.AsObject().Remove(FederationLabels.Managed);
        federation.Write("a", Everywhere);
        await federation.Until(() => federation.Copy("c2", "a") is not null, "c2 has it");
        await federation.Settle();
        federation.Host.Change(Federation.ConfigMaps.Federated, federation.Key("a"), """{"spec":{"overrides":[]}}""");

        await federation.Until(
            () => federation.StatusIn("c2", "a") is PropagationStatus.CreationFailed or PropagationStatus.UpdateFailed, "c2's watch does not show it");
        Assert.That(federation.StatusOf("a").Clusters.Single(static c => c.Name == "c2").Message, Does.Contain(FederationLabels.Managed));
        Assert.That(c2.WritesTo("ns/a"), Has.Length.LessThanOrEqualTo(12));
        Assert.That(federation.StatusIn("c1", "a"), Is.Empty);
    }

    [TestCase(2)]
    [TestCase(-2)]
    public async Task WallClock_Jumps_NothingIsWrittenAndChangesGoOn(int days)
    {
        await using var federation = await Start();
        federation.Write("a", Everywhere);
        await federation.UntilInOrder("a");
        var version = federation.Federated("a")!.Metadata.ResourceVersion;
        federation.Clock.JumpWallClock(TimeSpan.FromDays(days));

        await federation.Settle();
        Assert.That(federation.Members["c2"].WritesTo("ns/a"), Has.Length.EqualTo(1));
        Assert.That(federation.Federated("a")!.Metadata.ResourceVersion, Is.EqualTo(version));
        federation.Write("a", """{"template":{"data":{"k":"w"}}}""");
        await federation.Until(() => federation.Copy("c2", "a")!.GetString("data", "k") == "w", "c2 has the change");
        await federation.UntilInOrder("a");
    }

    [TestCase(2)]
    [TestCase(-2)]
    public async Task WallClock_JumpsWhileADeletionWaitsForAMember_ItIsDoneWhenTheMemberIsBack(int days)
    {
        await using var federation = await Start();
        federation.Write("a", Everywhere);
        await federation.UntilInOrder("a");
        federation.SetDown("c2", down: true);
        federation.Delete("a");
        await federation.Until(() => federation.Copy("c1", "a") is null, "c1 has done it");
        federation.Clock.JumpWallClock(TimeSpan.FromDays(days));

        await federation.Settle("c1");
        federation.SetDown("c2", down: false);
        await federation.Until(() => federation.Copy("c2", "a") is null, "c2 has done it");
        await federation.Until(() => federation.Federated("a") is null, "the federated object is gone");
    }

    private static async Task<Federation> Start()
    {
        var federation = new Federation(Federation.ConfigMaps, "c1", "c2");
        await federation.StartAsync();
        await federation.Settle();
        return federation;
    }
}
