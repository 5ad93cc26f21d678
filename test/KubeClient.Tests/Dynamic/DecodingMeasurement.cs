using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Dynamic;
using KubeFed.KubeClient.Informers;

namespace KubeFed.KubeClient.Tests.Dynamic;

/// <summary>Prints what decoding costs; run by hand with <c>--filter FullyQualifiedName~DecodingMeasurement</c> on a Release build.</summary>
[Explicit("a measurement, not a test")]
public sealed class DecodingMeasurement
{
    private const int Events = 50_000;

    [TestCase(false)]
    [TestCase(true)]
    public async Task Watch(bool metadataOnly)
    {
        var one = Encoding.UTF8.GetBytes($$"""{"type":"MODIFIED","object":{{Sample(metadataOnly)}}}""" + "\n");
        var bytes = new byte[one.Length * Events];
        for (var i = 0; i < Events; i++)
        {
            one.CopyTo(bytes, i * one.Length);
        }

        await DrainAsync(bytes);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        var count = await DrainAsync(bytes);
        Report("watch", one.Length, count, start, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void List(bool metadataOnly)
    {
        const int Items = 500;
        var item = Sample(metadataOnly);
        var page = Encoding.UTF8.GetBytes($$"""{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"5"},"items":[{{string.Join(',', Enumerable.Repeat(item, Items))}}]}""");
        ListDecoder.Decode(page);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Events / Items; i++)
        {
            ListDecoder.Decode(page);
        }

        Report("list", item.Length, Events, start, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    [Test]
    public void Store()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample(metadataOnly: true));
        var store = new ResourceStore(
            Informers.FakeApi.Resource, new InformerOptions(), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, new ResourceMeters(null, default));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        store.Replace(Enumerable.Range(0, Events).Select(i => InformerTransforms.MetadataEssentials(KubeObject.Parse(Numbered(bytes, i)))));
        var after = GC.GetTotalMemory(forceFullCollection: true);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        foreach (var value in store.List())
        {
            store.Set(value);
        }

        Report("store set", bytes.Length, Events, start, GC.GetAllocatedBytesForCurrentThread() - allocated);
        TestContext.Out.WriteLine($"{(after - before) / Events} bytes kept for each of {store.Count} metadata objects (JSON {store.List().First().Utf8Json.Length} bytes)");
    }

    private static byte[] Numbered(byte[] bytes, int number)
    {
        var copy = bytes.ToArray();
        Encoding.UTF8.GetBytes(number.ToString("00000", CultureInfo.InvariantCulture)).CopyTo(copy, copy.AsSpan().IndexOf("00000"u8));
        return copy;
    }

    private static async Task<int> DrainAsync(byte[] bytes)
    {
        var decoder = new WatchDecoder(PipeReader.Create(new PiecewiseStream([bytes]), new StreamPipeReaderOptions(bufferSize: 32 << 10)), 1 << 20);
        for (var count = 0; ;)
        {
            var result = await decoder.FillAsync(CancellationToken.None);
            if (decoder.TryTake(result, out _))
            {
                count++;
            }
            else if (result.IsCompleted)
            {
                return count;
            }
        }
    }

    private static void Report(string what, int size, int count, long start, long allocated)
    {
        var elapsed = Stopwatch.GetElapsedTime(start);
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}, {size} bytes each: {count / elapsed.TotalSeconds:0} /s, {(long)size * count / elapsed.TotalSeconds / 1e6:0} MB/s, {allocated / count} bytes allocated each"));
    }

    private static string Sample(bool metadataOnly)
    {
        const string Metadata = """
            "metadata":{"name":"web-00000","namespace":"shop","uid":"0ae5c03d-5fb3-4eb9-9de8-2bd4b51606ba","resourceVersion":"123456789","generation":3,"creationTimestamp":"2026-01-02T03:04:05Z","labels":{"app":"web","kubefed.io/managed":"true"},"managedFields":[{"manager":"kubefed","operation":"Apply","apiVersion":"apps/v1","time":"2026-01-02T03:04:05Z","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:labels":{"f:app":{},"f:kubefed.io/managed":{}}},"f:spec":{"f:replicas":{},"f:selector":{},"f:template":{"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"main\"}":{".":{},"f:image":{},"f:name":{},"f:ports":{}}}}}}}}]}
            """;
        return metadataOnly
            ? $$"""{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",{{Metadata.Trim()}}}"""
            : $$$"""
              {"kind":"Deployment","apiVersion":"apps/v1",{{{Metadata.Trim()}}},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"creationTimestamp":null,"labels":{"app":"web"}},"spec":{"containers":[{"name":"main","image":"registry.example/web:1.2.3","ports":[{"containerPort":8080,"protocol":"TCP"}],"resources":{"limits":{"cpu":"500m","memory":"256Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","securityContext":{},"schedulerName":"default-scheduler"}},"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}},"revisionHistoryLimit":10,"progressDeadlineSeconds":600},"status":{"observedGeneration":3,"replicas":3,"updatedReplicas":3,"readyReplicas":3,"availableReplicas":3,"conditions":[{"type":"Available","status":"True","lastUpdateTime":"2026-01-02T03:04:05Z","lastTransitionTime":"2026-01-02T03:04:05Z","reason":"MinimumReplicasAvailable","message":"Deployment has minimum availability."}]}}
              """.Trim();
    }
}
