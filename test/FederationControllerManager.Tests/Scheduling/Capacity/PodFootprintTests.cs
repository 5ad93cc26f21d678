using System.Text;
using KubeFed.FederationControllerManager.Scheduling.Capacity;

namespace KubeFed.FederationControllerManager.Tests.Scheduling.Capacity;

public sealed class PodFootprintTests
{
    [TestCase("{}", "pods=1000")]
    [TestCase("""{"containers":[{"resources":{"requests":{"cpu":"100m","memory":"1Ki"}}},{"resources":{"requests":{"cpu":"0.5"}}}]}""", "cpu=600 memory=1024000 pods=1000")]
    [TestCase("""{"containers":[{"resources":{"limits":{"cpu":"2","memory":"1k"},"requests":{"cpu":"1"}}}]}""", "cpu=1000 memory=1000000 pods=1000")]
    [TestCase("""{"initContainers":[{"resources":{"requests":{"cpu":"3"}}},{"resources":{"requests":{"cpu":"1"}}}],"containers":[{"resources":{"requests":{"cpu":"2"}}}]}""", "cpu=3000 pods=1000")]
    [TestCase("""{"initContainers":[{"resources":{"requests":{"cpu":"1"}}}],"containers":[{"resources":{"requests":{"cpu":"2"}}}]}""", "cpu=2000 pods=1000")]
    [TestCase("""{"initContainers":[{"restartPolicy":"Always","resources":{"requests":{"cpu":"1"}}},{"resources":{"requests":{"cpu":"2"}}}],"containers":[{"resources":{"requests":{"cpu":"1500m"}}}]}""", "cpu=3000 pods=1000")]
    [TestCase("""{"containers":[{"resources":{"requests":{"cpu":"1"}}}],"overhead":{"cpu":"250m"}}""", "cpu=1250 pods=1000")]
    [TestCase("""{"containers":[{"resources":{"requests":{"nvidia.com/gpu":1}}}]}""", "nvidia.com/gpu=1000 pods=1000")]
    [TestCase("""{"containers":[{"resources":{"requests":{"cpu":"much","memory":"-1"}}},7,{"resources":[]}],"initContainers":{}}""", "pods=1000")]
    public void Of_Spec_CountsAsTheScheduler(string spec, string expected)
    {
        var footprint = PodFootprint.Of(Encoding.UTF8.GetBytes(spec));
        Assert.That(
            string.Join(' ', footprint.Requests.OrderBy(static r => r.Key, StringComparer.Ordinal).Select(static r => $"{r.Key}={r.Value}")), Is.EqualTo(expected));
    }

    [TestCase("[]", false)]
    [TestCase("""[{"operator":"Exists"}]""", true)]
    [TestCase("""[{"key":"team","operator":"Exists"}]""", true)]
    [TestCase("""[{"key":"team","value":"a"}]""", true)]
    [TestCase("""[{"key":"team","operator":"Equal","value":"b"}]""", false)]
    [TestCase("""[{"key":"team","value":"a","effect":"NoSchedule"}]""", true)]
    [TestCase("""[{"key":"team","value":"a","effect":"NoExecute"}]""", false)]
    [TestCase("""[{"key":"other","operator":"Exists"}]""", false)]
    public void Tolerates_Taint_FollowsKubernetes(string tolerations, bool expected)
    {
        var footprint = PodFootprint.Of(Encoding.UTF8.GetBytes($$"""{"tolerations":{{tolerations}}}"""));
        Assert.That(footprint.Tolerates([new Taint("team", "a", "NoSchedule")]), Is.EqualTo(expected));
    }
}
