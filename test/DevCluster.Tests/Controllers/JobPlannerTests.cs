using KubeFed.DevClusters.Controllers.Jobs;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Tests.Controllers;

[Parallelizable(ParallelScope.All)]
internal sealed class JobPlannerTests
{
    [Test]
    public void Plan_NewJob_MakesPodsUpToItsParallelism() =>
        Assert.That(JobPlanner.Plan(Job("'completions':5,'parallelism':2"), [], Kube.Now).Create, Has.Count.EqualTo(2));

    [Test]
    public void Plan_FewerLeftThanParallel_MakesOnlyThose()
    {
        var plan = JobPlanner.Plan(Job("'completions':2,'parallelism':2"), [Ended("a", "Succeeded")], Kube.Now);

        Assert.That(plan.Create, Has.Count.EqualTo(1));
        Assert.That(plan.Status.Succeeded, Is.EqualTo(1));
    }

    [Test]
    public void Plan_AllSucceeded_IsComplete()
    {
        var plan = JobPlanner.Plan(Job("'completions':1"), [Ended("a", "Succeeded")], Kube.Now);

        Assert.That(plan.Create, Is.Empty);
        Assert.That(plan.Status.CompletionTime, Is.EqualTo(Kube.Now));
        Assert.That(plan.Status.Conditions.IsTrue(JobPlanner.Complete));
    }

    [Test]
    public void Plan_FailedTooOften_IsFailed()
    {
        var plan = JobPlanner.Plan(Job("'completions':1,'backoffLimit':1"), [Ended("a", "Failed"), Ended("b", "Failed")], Kube.Now);

        Assert.That(plan.Status.Conditions.Find(JobPlanner.Failed)!.Reason, Is.EqualTo("BackoffLimitExceeded"));
        Assert.That(plan.Create, Is.Empty);
    }

    [Test]
    public void Plan_JustFailed_WaitsBeforeTheNext()
    {
        var job = Job("'completions':1");

        Assert.That(JobPlanner.Plan(job, [Ended("a", "Failed")], Kube.Now).Wake, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(JobPlanner.Plan(job, [Ended("a", "Failed")], Kube.Now.AddSeconds(1)).Create, Has.Count.EqualTo(1));
    }

    [Test]
    public void Plan_Indexed_MakesTheIndexesThatAreMissing()
    {
        var plan = JobPlanner.Plan(
            Job("'completions':4,'parallelism':4,'completionMode':'Indexed'"), [Ended("a", "Succeeded", 1), Ended("b", "Running", 2)], Kube.Now);

        Assert.That(plan.Create, Is.EqualTo(new int?[] { 0, 3 }));
        Assert.That(plan.Status.CompletedIndexes, Is.EqualTo("1"));
    }

    [Test]
    public void Plan_Suspended_DeletesItsPods()
    {
        var plan = JobPlanner.Plan(Job("'completions':1,'suspend':true"), [Ended("a", "Running")], Kube.Now);

        Assert.That(plan.Delete, Has.Count.EqualTo(1));
        Assert.That(plan.Status.Conditions.IsTrue("Suspended"));
    }

    [Test]
    public void Plan_DeadlineOver_IsFailed()
    {
        var plan = JobPlanner.Plan(Job("'completions':1,'activeDeadlineSeconds':60", "'startTime':'2026-01-02T03:00:00Z'"), [Ended("a", "Running")], Kube.Now);

        Assert.That(plan.Status.Conditions.Find(JobPlanner.Failed)!.Reason, Is.EqualTo("DeadlineExceeded"));
        Assert.That(plan.Delete, Has.Count.EqualTo(1));
    }

    [Test]
    public void Plan_OverForItsTimeToLive_IsRemoved()
    {
        const string Done = "'conditions':[{'type':'Complete','status':'True','lastTransitionTime':'2026-01-02T03:04:00Z'}]";

        Assert.That(JobPlanner.Plan(Job("'ttlSecondsAfterFinished':5", Done), [], Kube.Now).Remove);
        Assert.That(JobPlanner.Plan(Job("'ttlSecondsAfterFinished':6", Done), [], Kube.Now).Wake, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [TestCase("", "")]
    [TestCase("0", "0")]
    [TestCase("0-2,4,7-8", "0-2,4,7,8")]
    [TestCase("5,x,2-1,3", "3,5")]
    public void IndexList_ReadAndWritten_IsCanonical(string text, string expected) =>
        Assert.That(IndexList.Format(IndexList.Parse(text)), Is.EqualTo(expected));

    private static Job Job(string spec, string status = "") => Kube.Object(
        $"{{'apiVersion':'batch/v1','kind':'Job','metadata':{{'name':'j','namespace':'default','uid':'u'}},'spec':{{ {spec} }},'status':{{ {status} }} }}").ToJob();

    private static Pod Ended(string name, string phase, int? index = null) => Kube.Pod(
        name,
        "'nodeName':'n1'",
        $"'phase':'{phase}','containerStatuses':[{{'name':'c','state':{{'terminated':{{'finishedAt':'2026-01-02T03:04:05Z'}} }} }}]",
        index is null ? "" : $"'annotations':{{'{JobPlanner.IndexAnnotation}':'{index}'}}");
}
