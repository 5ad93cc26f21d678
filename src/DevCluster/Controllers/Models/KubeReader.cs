using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>Reads objects into their types. An object is read once, however often it is asked for: objects never change.</summary>
internal static class KubeReader
{
    private static readonly WorkloadJsonContext Json = WorkloadJsonContext.Default;

    public static Pod ToPod(this KubeObject value) => Read(value, Json.Pod);

    public static Node ToNodeObject(this KubeObject value) => Read(value, Json.Node);

    public static Deployment ToDeployment(this KubeObject value) => Read(value, Json.Deployment);

    public static ReplicaSet ToReplicaSet(this KubeObject value) => Read(value, Json.ReplicaSet);

    public static StatefulSet ToStatefulSet(this KubeObject value) => Read(value, Json.StatefulSet);

    public static DaemonSet ToDaemonSet(this KubeObject value) => Read(value, Json.DaemonSet);

    public static Job ToJob(this KubeObject value) => Read(value, Json.Job);

    public static CronJob ToCronJob(this KubeObject value) => Read(value, Json.CronJob);

    public static Service ToService(this KubeObject value) => Read(value, Json.Service);

    public static DisruptionBudget ToDisruptionBudget(this KubeObject value) => Read(value, Json.DisruptionBudget);

    public static Autoscaler ToAutoscaler(this KubeObject value) => Read(value, Json.Autoscaler);

    private static Typed<TSpec, TStatus> Read<TSpec, TStatus>(KubeObject value, JsonTypeInfo<Typed<TSpec, TStatus>> type)
        where TSpec : new()
        where TStatus : new() => Cache<TSpec, TStatus>.Read.GetValue(value, key => key.Deserialize(type) with { Object = key });

    private static class Cache<TSpec, TStatus>
        where TSpec : new()
        where TStatus : new()
    {
        public static readonly ConditionalWeakTable<KubeObject, Typed<TSpec, TStatus>> Read = [];
    }
}
