using KubeFed.DevClusters.Controllers.Deployments;
using KubeFed.DevClusters.Controllers.Models;

namespace KubeFed.DevClusters.Tests.Controllers;

[Parallelizable(ParallelScope.All)]
internal sealed class DeploymentStatusTests
{
    [Test]
    public void Of_AllAvailable_HasProgressed()
    {
        var status = Of(Kube.Deployment(2), Kube.ReplicaSet("web-1", 2, available: 2));

        Assert.That(status.AvailableReplicas, Is.EqualTo(2));
        Assert.That(status.Conditions.Find("Available")!.Reason, Is.EqualTo("MinimumReplicasAvailable"));
        Assert.That(status.Conditions.Find("Progressing")!.Message, Is.EqualTo("ReplicaSet \"web-1\" has successfully progressed."));
    }

    [Test]
    public void Of_NotEnoughAvailable_SaysSo()
    {
        var status = Of(Kube.Deployment(4), Kube.ReplicaSet("web-1", 4, available: 1));

        Assert.That(status.UnavailableReplicas, Is.EqualTo(3));
        Assert.That(status.Conditions.IsTrue("Available"), Is.False);
        Assert.That(status.Conditions.Find("Progressing")!.Reason, Is.EqualTo("ReplicaSetUpdated"));
    }

    [Test]
    public void Of_DeadlineOver_IsExceeded()
    {
        const string Stuck = "'replicas':1,'updatedReplicas':1,'conditions':[{'type':'Progressing','status':'True','reason':'ReplicaSetUpdated','lastUpdateTime':'2026-01-02T03:00:00Z'}]";
        var status = Of(Kube.Deployment(1, spec: "'progressDeadlineSeconds':60", status: Stuck), Kube.ReplicaSet("web-1", 1));

        Assert.That(status.Conditions.Find("Progressing")!.Reason, Is.EqualTo("ProgressDeadlineExceeded"));
        Assert.That(status.Conditions.IsTrue("Progressing"), Is.False);
    }

    [Test]
    public void Of_Paused_IsUnknown()
    {
        var status = Of(Kube.Deployment(1, spec: "'paused':true"), Kube.ReplicaSet("web-1", 1, available: 1));

        Assert.That(status.Conditions.Find("Progressing")!.Reason, Is.EqualTo("DeploymentPaused"));
    }

    private static DeploymentStatus Of(Deployment deployment, params ReplicaSet[] sets) =>
        DeploymentStatuses.Of(new DeploymentState(deployment, sets), null, null, Kube.Now);
}
