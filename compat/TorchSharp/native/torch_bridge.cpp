// The C face of libtorch that the stand-in calls: any operator of the dispatcher by its schema name, and the few things that are not operators
// (autograd, grad mode, generators, threads). Compiles against libtorch 1.13 and 2.x, CPU and CUDA builds.
//
// Rules of this file: no C++ exception leaves a function. A function that can fail says so by its result (negative, or null), and tb_error()
// then gives the text for the calling thread. A tensor handle is an at::Tensor on the heap that the caller owns and gives back to tb_free.
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <dlfcn.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

using at::Tensor;
using c10::IValue;

namespace {

// Mirrors ValueTag in Interop/Value.cs.
enum Tag : int32_t { NONE, TENSOR, INT, DOUBLE, BOOL, INTS, STRING, TENSORS, DEVICE, GENERATOR, OPTIONAL_TENSORS };

// Mirrors NativeValue in Interop/Value.cs. `length`: elements of a list. In a TENSOR result it is the size in KiB of the storage when the tensor is its
// only user, else 0.
struct Value {
    int32_t tag;
    int32_t length;
    union {
        int64_t i;
        double d;
        void* p;
    };
};

thread_local std::string last_error;

void keep_error(const std::string& text) noexcept {
    try {
        last_error = text;
    } catch (...) {
        last_error.clear();
    }
}

// Runs body; turns whatever it throws into tb_error() and `failed`.
template <class Result, class Body>
Result guarded(Result failed, Body body) noexcept {
    try {
        return body();
    } catch (const c10::Error& e) {
        keep_error(e.what_without_backtrace());
    } catch (const std::exception& e) {
        keep_error(e.what());
    } catch (...) {
        keep_error("libtorch threw something that is not a std::exception");
    }
    return failed;
}

Tensor& tensor(void* handle) { return *static_cast<Tensor*>(handle); }

void describe(std::ostream& out, const Tensor& t) {
    if (!t.defined()) {
        out << "undefined";
        return;
    }
    out << t.scalar_type() << t.sizes();
    if (!t.device().is_cpu())
        out << '@' << t.device();
}

// "aten::mm(self: Float[2, 3], mat2: Float[2, 3])": what the operator was given, tensors by type and shape, numbers by value.
std::string describe_call(const c10::FunctionSchema& schema, const Value* values, int count) {
    std::ostringstream out;
    out << schema.name() << '(';
    for (int i = 0; i < count; i++) {
        if (i > 0)
            out << ", ";
        if (static_cast<size_t>(i) < schema.arguments().size())
            out << schema.arguments()[i].name() << ": ";
        const Value& v = values[i];
        switch (v.tag) {
        case NONE: out << "none"; break;
        case TENSOR: describe(out, tensor(v.p)); break;
        case INT: out << v.i; break;
        case DOUBLE: out << v.d; break;
        case BOOL: out << (v.i ? "true" : "false"); break;
        case INTS: out << at::IntArrayRef(static_cast<const int64_t*>(v.p), v.length); break;
        case STRING: out << '"' << static_cast<const char*>(v.p) << '"'; break;
        case TENSORS:
        case OPTIONAL_TENSORS:
            out << '[';
            for (int k = 0; k < v.length; k++) {
                if (k > 0)
                    out << ", ";
                if (k == 8) {
                    out << "... " << v.length << " in all";
                    break;
                }
                if (void* handle = static_cast<void**>(v.p)[k])
                    describe(out, tensor(handle));
                else
                    out << "none";
            }
            out << ']';
            break;
        default: out << "..."; break;
        }
    }
    out << ')';
    return out.str();
}

IValue to_ivalue(const Value& v) {
    switch (v.tag) {
    case NONE: return IValue();
    case TENSOR: return IValue(tensor(v.p));
    case INT: return IValue(v.i);
    case DOUBLE: return IValue(v.d);
    case BOOL: return IValue(v.i != 0);
    case INTS: return IValue(at::IntArrayRef(static_cast<const int64_t*>(v.p), v.length));
    case STRING: return IValue(std::string(static_cast<const char*>(v.p)));
    case DEVICE: return IValue(c10::Device(static_cast<c10::DeviceType>(v.i), static_cast<c10::DeviceIndex>(v.length)));
    case GENERATOR: return IValue(*static_cast<at::Generator*>(v.p));
    case TENSORS: {
        c10::List<Tensor> list;
        list.reserve(v.length);
        for (int k = 0; k < v.length; k++)
            list.push_back(tensor(static_cast<void**>(v.p)[k]));
        return IValue(std::move(list));
    }
    case OPTIONAL_TENSORS: {
        c10::impl::GenericList list(c10::OptionalType::create(c10::TensorType::get()));
        list.reserve(v.length);
        for (int k = 0; k < v.length; k++) {
            void* handle = static_cast<void**>(v.p)[k];
            list.push_back(handle ? IValue(tensor(handle)) : IValue());
        }
        return IValue(std::move(list));
    }
    default: throw std::runtime_error("unknown kind of argument");
    }
}

int32_t own_kibibytes(const Tensor& t) {
    if (!t.defined() || !t.has_storage() || t.storage().use_count() != 1)
        return 0;
    return static_cast<int32_t>(std::min<size_t>(t.storage().nbytes() >> 10, INT32_MAX));
}

void to_value(IValue&& from, Value& to) {
    to.length = 0;
    to.tag = NONE;
    to.p = nullptr;
    if (from.isTensor()) {
        Tensor t = std::move(from).toTensor();
        if (!t.defined())
            return;
        to.length = own_kibibytes(t);
        to.p = new Tensor(std::move(t));
        to.tag = TENSOR;
    } else if (from.isInt()) {
        to.tag = INT;
        to.i = from.toInt();
    } else if (from.isDouble()) {
        to.tag = DOUBLE;
        to.d = from.toDouble();
    } else if (from.isBool()) {
        to.tag = BOOL;
        to.i = from.toBool();
    } else if (from.isTensorList()) {
        std::vector<Tensor> list = from.toTensorVector();
        std::vector<std::unique_ptr<Tensor>> owned;
        owned.reserve(list.size());
        for (Tensor& t : list)
            owned.push_back(std::make_unique<Tensor>(std::move(t)));
        void** handles = new void*[owned.size()];
        for (size_t k = 0; k < owned.size(); k++)
            handles[k] = owned[k].release();
        to.tag = TENSORS;
        to.length = static_cast<int32_t>(owned.size());
        to.p = handles;
    } else if (!from.isNone()) {
        throw std::runtime_error("it returned something that is neither tensors nor a number");
    }
}

void free_value(Value& v) noexcept {
    if (v.tag == TENSOR) {
        delete static_cast<Tensor*>(v.p);
    } else if (v.tag == TENSORS) {
        void** handles = static_cast<void**>(v.p);
        for (int k = 0; k < v.length; k++)
            delete static_cast<Tensor*>(handles[k]);
        delete[] handles;
    }
    v.tag = NONE;
}

std::vector<Tensor> tensors(void** handles, int count) {
    std::vector<Tensor> list;
    list.reserve(count);
    for (int k = 0; k < count; k++)
        list.push_back(handles[k] ? tensor(handles[k]) : Tensor());
    return list;
}

// Mirrors Apply in Torch/torch.autograd.Function.cs. Gets the outputs' gradients (null: none), which it owns, writes a handle that the caller owns for each
// input, or null, and returns 0; or -1 after tb_fail.
using Backward = int (*)(void* state, void** gradients, int count, void** results, int result_count);
using Release = void (*)(void* state);

// A step of the graph whose backward pass is the caller's.
struct CallerNode final : torch::autograd::Node {
    Backward backward;
    Release release;
    void* state;

    CallerNode(torch::autograd::edge_list&& edges, Backward backward, Release release, void* state)
        : Node(std::move(edges)), backward(backward), release(release), state(state) {}
    ~CallerNode() override { release(state); }

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override {
        std::vector<void*> given, results(num_outputs(), nullptr);
        for (Tensor& g : gradients)
            given.push_back(g.defined() ? new Tensor(std::move(g)) : nullptr);
        int done = backward(state, given.data(), static_cast<int>(given.size()), results.data(), static_cast<int>(results.size()));
        torch::autograd::variable_list found;
        for (void* handle : results) {
            std::unique_ptr<Tensor> own(static_cast<Tensor*>(handle));
            found.push_back(own ? std::move(*own) : Tensor());
        }
        if (done < 0)
            throw std::runtime_error(last_error);
        return found;
    }
};

} // namespace

extern "C" {

const char* tb_error() { return last_error.c_str(); }

// ---- operators

// The operator's handle, kept for the life of the process by the caller; null with tb_error() when this libtorch has no such operator.
void* tb_find(const char* name, const char* overload) {
    return guarded<void*>(nullptr, [&]() -> void* {
        auto found = c10::Dispatcher::singleton().findSchema(c10::OperatorName(name, overload));
        if (!found.has_value()) {
            keep_error(std::string("this libtorch has no operator ") + name + (*overload ? "." : "") + overload);
            return nullptr;
        }
        return new c10::OperatorHandle(*found);
    });
}

// Calls the operator; arguments that are left out take the schema's defaults. Writes the first `capacity` results, drops the others, and returns how
// many were written, or -1.
int tb_call(void* op, const Value* arguments, int count, Value* results, int capacity) {
    const auto& handle = *static_cast<c10::OperatorHandle*>(op);
    int done = guarded(-1, [&] {
        const auto& declared = handle.schema().arguments();
        if (static_cast<size_t>(count) > declared.size())
            throw std::runtime_error("takes " + std::to_string(declared.size()) + " arguments, got " + std::to_string(count));
        torch::jit::Stack stack;
        stack.reserve(declared.size());
        for (int i = 0; i < count; i++)
            stack.push_back(to_ivalue(arguments[i]));
        for (size_t i = count; i < declared.size(); i++) {
            const auto& standard = declared[i].default_value();
            if (!standard)
                throw std::runtime_error("argument '" + declared[i].name() + "' is missing");
            stack.push_back(*standard);
        }
        handle.callBoxed(&stack);
        int written = std::min(static_cast<int>(stack.size()), capacity);
        int i = 0;
        try {
            for (; i < written; i++)
                to_value(std::move(stack[i]), results[i]);
        } catch (...) {
            while (i-- > 0)
                free_value(results[i]);
            throw;
        }
        return written;
    });
    if (done < 0) {
        guarded(0, [&] {
            last_error = describe_call(handle.schema(), arguments, count) + ": " + last_error;
            return 0;
        });
    }
    return done;
}

// Frees the array of a TENSORS result, not the tensors in it.
void tb_free_list(void** handles) { delete[] handles; }

// ---- tensors

void tb_free(void* t) { delete static_cast<Tensor*>(t); }
int tb_dim(void* t) { return static_cast<int>(tensor(t).dim()); }
int tb_dtype(void* t) { return static_cast<int>(tensor(t).scalar_type()); }
int64_t tb_numel(void* t) { return tensor(t).numel(); }
int tb_device_type(void* t) { return static_cast<int>(tensor(t).device().type()); }
int tb_device_index(void* t) { return tensor(t).device().has_index() ? tensor(t).device().index() : -1; }
void tb_sizes(void* t, int64_t* out) { std::memcpy(out, tensor(t).sizes().data(), tensor(t).dim() * sizeof(int64_t)); }

int tb_strides(void* t, int64_t* out) {
    return guarded(-1, [&] {
        std::memcpy(out, tensor(t).strides().data(), tensor(t).dim() * sizeof(int64_t));
        return 0;
    });
}

int64_t tb_storage_offset(void* t) { return guarded<int64_t>(-1, [&] { return tensor(t).storage_offset(); }); }
int tb_is_contiguous(void* t) { return guarded(-1, [&] { return tensor(t).is_contiguous() ? 1 : 0; }); }
void* tb_data(void* t) { return guarded<void*>(nullptr, [&] { return tensor(t).data_ptr(); }); }

// Gives the tensor other data, of whatever shape, type or device, and keeps its identity: PyTorch's `t.data = other`.
int tb_set_data(void* t, void* other) {
    return guarded(-1, [&] {
        tensor(t).set_data(tensor(other));
        return 0;
    });
}

// ---- autograd

int tb_requires_grad(void* t) { return tensor(t).requires_grad() ? 1 : 0; }
int tb_is_leaf(void* t) { return guarded(-1, [&] { return tensor(t).is_leaf() ? 1 : 0; }); }

int tb_set_requires_grad(void* t, int value) {
    return guarded(-1, [&] {
        tensor(t).set_requires_grad(value != 0);
        return 0;
    });
}

// Null when there is no gradient (and no error).
void* tb_grad(void* t) {
    last_error.clear();
    return guarded<void*>(nullptr, [&]() -> void* {
        const Tensor& grad = tensor(t).grad();
        return grad.defined() ? new Tensor(grad) : nullptr;
    });
}

int tb_set_grad(void* t, void* grad) {
    return guarded(-1, [&] {
        Tensor& own = tensor(t).mutable_grad();
        own = grad ? tensor(grad) : Tensor();
        return 0;
    });
}

int tb_retain_grad(void* t) {
    return guarded(-1, [&] {
        tensor(t).retain_grad();
        return 0;
    });
}

// retain_graph: -1 as create_graph says, else 0 or 1.
int tb_backward(void** roots, void** gradients, int count, int retain_graph, int create_graph, void** inputs, int input_count) {
    return guarded(-1, [&] {
        bool keep = retain_graph < 0 ? create_graph != 0 : retain_graph != 0;
        torch::autograd::backward(tensors(roots, count), gradients ? tensors(gradients, count) : std::vector<Tensor>(), keep, create_graph != 0,
                                  tensors(inputs, input_count));
        return 0;
    });
}

// Writes a handle, or null for an input that the outputs do not depend on, for each input.
int tb_gradients(void** outputs, void** output_gradients, int count, void** inputs, int input_count, int retain_graph, int create_graph, int allow_unused,
                 void** results) {
    return guarded(-1, [&] {
        auto found = torch::autograd::grad(tensors(outputs, count), tensors(inputs, input_count),
                                           output_gradients ? tensors(output_gradients, count) : std::vector<Tensor>(), retain_graph != 0, create_graph != 0,
                                           allow_unused != 0);
        std::vector<std::unique_ptr<Tensor>> owned;
        for (Tensor& t : found)
            owned.push_back(t.defined() ? std::make_unique<Tensor>(std::move(t)) : nullptr);
        for (size_t k = 0; k < owned.size(); k++)
            results[k] = owned[k].release();
        return 0;
    });
}

// Makes an output, computed from the inputs without a graph, depend on them by the caller's backward pass. `release` gives the state back when the graph goes,
// or at once where it is not needed.
int tb_connect(void* output, void** inputs, int count, Backward backward, Release release, void* state) {
    return guarded(-1, [&] {
        std::shared_ptr<CallerNode> node(new CallerNode(torch::autograd::collect_next_edges(tensors(inputs, count)), backward, release, state),
                                         torch::autograd::deleteNode);
        torch::autograd::set_history(tensor(output), node);
        return 0;
    });
}

// Another handle on the same tensor.
void* tb_share(void* t) { return guarded<void*>(nullptr, [&] { return new Tensor(tensor(t)); }); }

// What a callback that fails has to say.
void tb_fail(const char* text) { keep_error(text); }

int tb_grad_mode() { return c10::GradMode::is_enabled() ? 1 : 0; }
void tb_set_grad_mode(int enabled) { c10::GradMode::set_enabled(enabled != 0); }
int tb_inference_mode() { return c10::InferenceMode::is_enabled() ? 1 : 0; }

// Begins inference mode (or ends it, inside one) on this thread until the guard is given to tb_leave_inference_mode on the same thread.
void* tb_enter_inference_mode(int enabled) { return guarded<void*>(nullptr, [&] { return new c10::InferenceMode(enabled != 0); }); }
void tb_leave_inference_mode(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

// ---- random numbers

void* tb_generator(uint64_t seed) { return guarded<void*>(nullptr, [&] { return new at::Generator(at::make_generator<at::CPUGeneratorImpl>(seed)); }); }

void* tb_default_generator(int device_type, int device_index) {
    return guarded<void*>(nullptr, [&] {
        c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
        return new at::Generator(device.is_cpu() ? at::detail::getDefaultCPUGenerator() : at::globalContext().defaultGenerator(device));
    });
}

void tb_free_generator(void* g) { delete static_cast<at::Generator*>(g); }

int tb_generator_set_seed(void* g, uint64_t seed) {
    return guarded(-1, [&] {
        auto& generator = *static_cast<at::Generator*>(g);
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_current_seed(seed);
        return 0;
    });
}

uint64_t tb_generator_seed(void* g) { return guarded<uint64_t>(0, [&] { return static_cast<at::Generator*>(g)->current_seed(); }); }

// Draws a seed from the system's source of randomness and sets it.
uint64_t tb_generator_draw_seed(void* g) {
    return guarded<uint64_t>(0, [&] {
        auto& generator = *static_cast<at::Generator*>(g);
        std::lock_guard<std::mutex> lock(generator.mutex());
        return generator.seed();
    });
}

void* tb_generator_state(void* g) {
    return guarded<void*>(nullptr, [&] {
        auto& generator = *static_cast<at::Generator*>(g);
        std::lock_guard<std::mutex> lock(generator.mutex());
        return new Tensor(generator.get_state());
    });
}

int tb_generator_set_state(void* g, void* state) {
    return guarded(-1, [&] {
        auto& generator = *static_cast<at::Generator*>(g);
        std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_state(tensor(state));
        return 0;
    });
}

// Seeds the default generators of the CPU and of every CUDA device.
int tb_manual_seed(uint64_t seed) {
    return guarded(-1, [&] {
        at::manual_seed(seed);
        return 0;
    });
}

// ---- threads and devices

int tb_threads() { return guarded(-1, [] { return at::get_num_threads(); }); }

int tb_set_threads(int count) {
    return guarded(-1, [&] {
        at::set_num_threads(count);
        return 0;
    });
}

int tb_set_interop_threads(int count) {
    return guarded(-1, [&] {
        at::set_num_interop_threads(count);
        return 0;
    });
}

// The number of CUDA devices. libtorch's CUDA half is not linked to, so that a CPU-only libtorch will do; it registers itself once loaded.
int tb_cuda_devices() {
    return guarded(0, [] {
        static const bool loaded = dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL) != nullptr;
        if (!loaded || !at::globalContext().hasCUDA())
            return 0;
        return static_cast<int>(c10::impl::VirtualGuardImpl(c10::DeviceType::CUDA).deviceCount());
    });
}

int tb_cuda_synchronize(int index) {
    return guarded(-1, [&] {
        c10::impl::VirtualGuardImpl guard(c10::DeviceType::CUDA);
        c10::Device device = index < 0 ? guard.getDevice() : c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(index));
        guard.getStream(device).synchronize();
        return 0;
    });
}

} // extern "C"
