using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Compat.TorchSharp.Tests.Modules;

[TestClass]
public sealed class ModuleTests
{
    [TestMethod]
    public void Components_are_named_by_their_fields()
    {
        using var model = new Net();

        CollectionAssert.AreEqual(
            new[] { "scale", "first.weight", "first.bias", "layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias" },
            model.named_parameters().Select(p => p.name).ToArray());
        CollectionAssert.AreEqual(new[] { "positions", "hidden" }, model.named_buffers().Select(b => b.name).ToArray());
        CollectionAssert.AreEqual(new[] { "first", "layers", "drop", "layers.0", "layers.1" }, model.named_modules().Select(m => m.name).ToArray());
        CollectionAssert.AreEqual(new[] { "first", "layers", "drop" }, model.named_children().Select(m => m.name).ToArray());
        Assert.IsNotNull(model.get_parameter("layers.1.bias"));
        Assert.IsNull(model.get_parameter("layers.2.bias"));
        Assert.IsTrue(model.has_buffer("positions"));
        Assert.Throws<InvalidOperationException>(() => model.register_buffer("positions", ones(1)));
        Assert.Throws<ArgumentException>(() => model.register_module("a.b", torch.nn.GELU()));
    }

    [TestMethod]
    public void A_state_dict_holds_the_tensors_themselves_and_loads_by_name()
    {
        using var scope = NewDisposeScope();
        var (model, other) = (new Net(), new Net());
        var state = model.state_dict();

        Assert.AreSame(model.scale, state["scale"]);
        Assert.IsFalse(state.ContainsKey("hidden"));
        other.load_state_dict(state);
        Assert.IsTrue(other.call(ones(1, 4)).equal(model.call(ones(1, 4))).ToBoolean());

        state.Remove("scale");
        state["new"] = ones(1);
        StringAssert.Contains(Assert.Throws<InvalidOperationException>(() => other.load_state_dict(state)).Message, "scale");
        var (missing, unexpected) = other.load_state_dict(state, strict: false);
        CollectionAssert.AreEqual(new[] { "scale" }, missing.ToArray());
        CollectionAssert.AreEqual(new[] { "new" }, unexpected.ToArray());
        state["first.bias"] = ones(5);
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => other.load_state_dict(state, strict: false)).Message, "first.bias");
    }

    [TestMethod]
    public void Training_mode_reaches_all_and_dropout_heeds_it()
    {
        using var scope = NewDisposeScope();
        var model = new Net();

        model.eval();
        Assert.IsTrue(model.modules().All(m => !m.training));
        Check.Values(model.drop.call(ones(4)), 1, 1, 1, 1);
        model.train();
        Assert.IsTrue(model.modules().All(m => m.training));
        var dropped = model.drop.call(ones(10_000));
        Assert.AreEqual(1, dropped.mean().ToDouble(), 0.1);
        Check.Values(dropped.max(), 2);
    }

    [TestMethod]
    public void Moving_to_a_type_keeps_objects_gradients_and_whole_numbers()
    {
        using var scope = NewDisposeScope();
        var model = new Net();
        var weight = model.first.weight;
        model.call(ones(1, 4)).sum().backward();

        Assert.AreSame(model, model.to(float64));
        Assert.AreSame(weight, model.first.weight);
        Assert.AreEqual(ScalarType.Float64, weight.dtype);
        Assert.AreEqual(ScalarType.Float64, weight.grad!.dtype);
        Assert.IsTrue(weight.requires_grad && weight.is_leaf);
        Assert.AreEqual(ScalarType.Int64, model.get_buffer("positions")!.dtype);
        model.zero_grad();
        Assert.IsTrue(model.parameters().All(p => p.grad is null));
        model.call(ones([1, 4], float64)).sum().backward();
        model.zero_grad(set_to_none: false);
        Check.Values(weight.grad!.abs().sum(), 0);
    }

    [TestMethod]
    public void Hooks_see_and_change_inputs_and_results()
    {
        using var scope = NewDisposeScope();
        var model = torch.nn.Identity();

        var before = model.register_forward_pre_hook((_, input) => input * 2);
        var after = model.register_forward_hook((_, _, result) => result + 1);
        Check.Values(model.call(ones(1)), 3);
        before.remove();
        after.remove();
        Check.Values(model.call(ones(1)), 1);
    }

    [TestMethod]
    public void A_parameter_shared_by_two_modules_counts_once()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (torch.nn.Linear(2, 2), torch.nn.Linear(2, 2));
        second.weight = first.weight;
        var both = torch.nn.ModuleList(first, second);

        Assert.HasCount(3, both.parameters());
        Assert.HasCount(4, both.state_dict());
        both.RemoveAt(0);
        CollectionAssert.AreEquivalent(new[] { "0.weight", "0.bias" }, both.named_parameters().Select(p => p.name).ToArray());
    }

    [TestMethod]
    public void Disposing_of_a_module_frees_all_its_tensors()
    {
        var model = new Net();
        var tensors = model.state_dict().Values;
        model.Dispose();

        Assert.IsTrue(tensors.All(t => t.IsInvalid));
    }

    private sealed class Net : torch.nn.Module<Tensor, Tensor>
    {
        public readonly Linear first = torch.nn.Linear(4, 4);
        public readonly ModuleList<Linear> layers = torch.nn.ModuleList(torch.nn.Linear(4, 4), torch.nn.Linear(4, 2));
        public readonly Dropout drop = torch.nn.Dropout(0.5);
        public readonly Parameter scale = torch.nn.Parameter(ones(1));
        public readonly Tensor positions = arange(4);

        public Net()
            : base("Net")
        {
            RegisterComponents();
            register_buffer("hidden", zeros(1), persistent: false);
        }

        public override Tensor forward(Tensor input)
        {
            var x = first.call(input);
            foreach (var layer in layers)
                x = layer.call(x);
            return x * scale;
        }
    }
}
