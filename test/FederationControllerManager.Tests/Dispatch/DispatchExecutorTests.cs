using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.FederationControllerManager.Dispatch;
using KubeFed.FederationControllerManager.Members;
using KubeFed.FederationControllerManager.Tests.Fakes;

namespace KubeFed.FederationControllerManager.Tests.Dispatch;

[TestFixture]
public sealed class DispatchExecutorTests
{
    private static readonly GroupResource ConfigMaps = new("", "configmaps");
    private readonly OutcomeLog _log = new();

    [Test]
    public async Task Execute_Apply_IsOneRequest()
    {
        var client = new ScriptedClient();

        var outcome = await new DispatchExecutor(client).ExecuteAsync(Intent(DispatchAction.Apply), default);

        Assert.Multiple(() =>
        {
            Assert.That(outcome.Result, Is.EqualTo(DispatchResult.Done));
            Assert.That(client.Requests, Is.EqualTo(new[] { "apply as kubefed ns/a" }));
        });
    }

    [Test]
    public async Task Execute_FirstApplyWithRetainedReplicas_SetsThemOnceUnderAnotherManager()
    {
        var client = new ScriptedClient();
        var executor = new DispatchExecutor(client);
        var intent = Intent(DispatchAction.Apply) with { InitialReplicas = 3 };

        await executor.ExecuteAsync(intent, default);
        await executor.ExecuteAsync(intent with { Exists = true, InitialReplicas = null }, default);

        Assert.That(client.Requests, Is.EqualTo(new[]
        {
            "apply as kubefed ns/a",
            "apply as kubefed-initial-replicas ns/a",
            "apply as kubefed ns/a",
        }));
    }

    [Test]
    public async Task Execute_ReplicasLeftToTheMemberLater_AreHandedOverFirst()
    {
        var live = KubeObject.Parse("""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"ns","managedFields":[
            {"manager":"kubefed","operation":"Apply","fieldsV1":{"f:spec":{"f:replicas":{}}}}]},"spec":{"replicas":10}}
            """u8.ToArray());
        var client = new ScriptedClient { Found = live };
        var intent = Intent(DispatchAction.Apply) with { Exists = true, RetainsReplicas = true };

        await new DispatchExecutor(client).ExecuteAsync(intent, default);

        Assert.That(client.Requests, Is.EqualTo(new[] { "get ns/a", "apply as kubefed-initial-replicas ns/a", "apply as kubefed ns/a" }));
    }

    [Test]
    public async Task Execute_Create_TurnsItsFieldsIntoAppliedOnes()
    {
        var created = KubeObject.Parse("""
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"ns","managedFields":[{"manager":"kubefed","operation":"Update"}]}}
            """u8.ToArray());
        var client = new ScriptedClient { Answer = (_, _, _) => Task.FromResult<KubeObject?>(created) };

        await new DispatchExecutor(client).ExecuteAsync(Intent(DispatchAction.Create), default);

        Assert.That(client.Requests, Is.EqualTo(new[] { "create ns/a", "patch ns/a" }));
    }

    [Test]
    public async Task Execute_DeleteOfAnotherObjectByThatName_IsTriedAgainAgainstWhatIsThereThen()
    {
        var client = Failing(StatusErrors.Conflict(ConfigMaps, "a", "the UID in the precondition does not match"));

        var outcome = await new DispatchExecutor(client).ExecuteAsync(Intent(DispatchAction.Delete), default);

        Assert.That(outcome.Result, Is.EqualTo(DispatchResult.Failed));
    }

    [TestCaseSource(nameof(Failures))]
    public async Task Execute_Failure_IsAnOutcomeInTheMembersWords(Exception failure, string expected)
    {
        var outcome = await new DispatchExecutor(Failing(failure)).ExecuteAsync(Intent(DispatchAction.Apply), default);

        Assert.Multiple(() =>
        {
            Assert.That(outcome.Result.ToString(), Is.EqualTo(expected));
            Assert.That(outcome.Message, Is.EqualTo(failure.Message));
        });
    }

    [Test]
    public async Task Execute_CreateOfWhatExists_IsAlreadyExists()
    {
        var client = Failing(StatusErrors.AlreadyExists(ConfigMaps, "a"));

        var outcome = await new DispatchExecutor(client).ExecuteAsync(Intent(DispatchAction.Create), default);

        Assert.That(outcome.Result, Is.EqualTo(DispatchResult.AlreadyExists));
    }

    private static IEnumerable<TestCaseData> Failures()
    {
        yield return new TestCaseData(StatusErrors.BadRequest("no"), nameof(DispatchResult.Rejected));
        yield return new TestCaseData(StatusErrors.Forbidden(ConfigMaps, "a", "no rights"), nameof(DispatchResult.Rejected));
        yield return new TestCaseData(StatusErrors.NotFound(new GroupResource("", "namespaces"), "ns"), nameof(DispatchResult.Failed));
        yield return new TestCaseData(StatusErrors.InternalError("boom"), nameof(DispatchResult.Failed));
        yield return new TestCaseData(StatusErrors.Timeout("slow", 1), nameof(DispatchResult.TimedOut));
        yield return new TestCaseData(StatusErrors.TooManyRequests("later", 1), nameof(DispatchResult.Throttled));
        yield return new TestCaseData(new HttpRequestException("connection refused"), nameof(DispatchResult.Unreachable));
        yield return new TestCaseData(new IOException("connection reset"), nameof(DispatchResult.Unreachable));
    }

    private static ScriptedClient Failing(Exception failure) =>
        new() { Answer = (_, _, _) => Task.FromException<KubeObject?>(failure) };

    private DispatchIntent Intent(DispatchAction action) => new()
    {
        Key = new DispatchKey("configmaps", new NamespacedName("ns", "a")),
        Resource = new GroupVersionResource("", "v1", "configmaps"),
        Action = action,
        Body = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"ns"}}"""u8.ToArray(),
        ContentHash = "h1",
        Cache = new MemberObjectCache(new FakeInformer(), TimeProvider.System, static _ => { }),
        DeleteOptions = new DeleteOptions { PreconditionUid = "u1" },
        Sink = _log,
    };
}
