using System.Text.Json;
using Google.Protobuf;
using KubeFed.ApiServerRuntime.Negotiation.Protobuf;

namespace KubeFed.ApiServerRuntime.Tests.Negotiation;

public sealed class ProtobufBodyTests
{
    [Test]
    public void Read_ConfigMap_GivesItsJson()
    {
        byte[] metadata = Message((1, Text("c")), (8, []), (11, Message((1, Text("app")), (2, Text("x")))));
        byte[] map = Message((1, metadata), (2, Message((1, Text("k")), (2, Text("v")))), (3, Message((1, Text("b")), (2, [1, 2]))));

        Assert.That(
            ProtobufBody.Read(Envelope("v1", "ConfigMap", map))!.ToJsonString(),
            Is.EqualTo("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","labels":{"app":"x"}},"data":{"k":"v"},"binaryData":{"b":"AQI="}}"""));
    }

    [Test]
    public void Read_RoleOfTheCoreGroup_KeepsTheEmptyGroup()
    {
        byte[] role = Message((2, Message((1, Text("get")), (2, Text("")), (3, Text("secrets")))));

        Assert.That(
            ProtobufBody.Read(Envelope("rbac.authorization.k8s.io/v1", "Role", role))!["rules"]!.ToJsonString(),
            Is.EqualTo("""[{"verbs":["get"],"apiGroups":[""],"resources":["secrets"]}]"""));
    }

    [Test]
    public void Read_NumberWhereTextShouldBe_IsRefused()
    {
        byte[] deployment = Message((2, [1 << 3, 3]));
        byte[] pod = Message((1, [1 << 3, 3]));

        Assert.That(ProtobufBody.Read(Envelope("apps/v1", "Deployment", deployment))!["spec"]!.ToJsonString(), Is.EqualTo("""{"replicas":3}"""));
        Assert.That(ProtobufBody.Read(Envelope("apps/v1", "Deployment", deployment))!["spec"]!["replicas"]!.GetValue<int>(), Is.EqualTo(3), "as of parsed JSON");
        Assert.That(
            () => ProtobufBody.Read(Envelope("v1", "Pod", pod)),
            Throws.InstanceOf<InvalidDataException>().With.Message.EqualTo("wrong wireType = 0 for field name"));
    }

    [Test]
    public void Read_CustomResource_IsNotKnown() => Assert.That(ProtobufBody.Read(Envelope("example.dev/v1", "Role", [])), Is.Null);

    [FsCheck.NUnit.Property]
    public bool Read_AnyBytes_FailsInKnownWays(byte[] bytes)
    {
        try
        {
            ProtobufBody.Read(Envelope("v1", "Pod", bytes));
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException)
        {
            return true;
        }
    }

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static byte[] Envelope(string apiVersion, string kind, byte[] raw) =>
        [.. "k8s\0"u8, .. Message((1, Message((1, Text(apiVersion)), (2, Text(kind)))), (2, raw))];

    private static byte[] Message(params (int Number, byte[] Value)[] fields)
    {
        using var buffer = new MemoryStream();
        using (var output = new CodedOutputStream(buffer))
        {
            foreach (var (number, value) in fields)
            {
                output.WriteTag(number, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(value));
            }
        }

        return buffer.ToArray();
    }
}
